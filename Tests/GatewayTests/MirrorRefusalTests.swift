import Evidence
import Foundation
import GuaranteeClients
import NetworkSupport
import Testing

/// Files of a mirror that another can't go on with.
@Suite(.timeLimit(.minutes(1))) struct `A mirror refuses to go on` {
    /// Begins a mirror that hears nothing, so that its files are there.
    private func begun(_ flags: [String: String] = [:]) async throws -> MirrorFixture {
        let fixture = try MirrorFixture(flags)
        try await start(fixture)
        return fixture
    }

    private func start(_ fixture: MirrorFixture, primary: String = "http://127.0.0.1:1") async throws {
        try await fixture.run(primary: BaseURL(primary), shadow: MirrorFixture.nobody()) { _ in }
    }

    private func refused(
        _ fixture: MirrorFixture, primary: String = "http://127.0.0.1:1", _ code: EvidenceError.Code, _ words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let error = await #expect(throws: EvidenceError.self, sourceLocation: sourceLocation) {
            try await start(fixture, primary: primary)
        }
        #expect(error?.code == code, sourceLocation: sourceLocation)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")", sourceLocation: sourceLocation)
    }

    @Test func `with another key, or without the one that there was`() async throws {
        var fixture = try await begun()
        fixture.flags["key-file"] = fixture.path("other.key")
        await refused(fixture, .mismatch, "was made with another key: bring back its key file")
        fixture.flags["key-file"] = fixture.path("mirror.key")
        let key = try Data(contentsOf: URL(fileURLWithPath: fixture.path("mirror.key")))
        try FileManager.default.removeItem(atPath: fixture.path("mirror.key"))
        await refused(fixture, .mismatch, "another key")
        // Brought back it is in order again.
        try key.write(to: URL(fileURLWithPath: fixture.path("mirror.key")))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: fixture.path("mirror.key"))
        try await start(fixture)
    }

    @Test func `with other APIs, another clock, or identifiers kept otherwise`() async throws {
        var fixture = try await begun()
        await refused(fixture, primary: "http://127.0.0.1:2", .mismatch, "is about http://127.0.0.1:1, and not about")
        fixture.flags["time-scale"] = "60"
        await refused(fixture, .mismatch, "was begun with time-scale 1.")
        fixture.flags["time-scale"] = nil
        fixture.flags["keep-identifiers"] = "true"
        await refused(fixture, .mismatch, "was begun without keep-identifiers")
    }

    @Test func `on the evidence of a dual run, or what is none`() async throws {
        let fixture = try MirrorFixture()
        let evidence = try SQLiteEvidence.forWriting(fixture.path("mirror.evidence"))
        try await evidence.save(
            EvidenceRun(
                toolVersion: "test", startedAt: Date(), v1: "http://127.0.0.1:1", v2: "http://127.0.0.1:1",
                isV1Live: true, isV2Live: true))
        evidence.close()
        await refused(fixture, .mismatch, "holds a dual run, and no mirror's: name another file")
        #expect(try fixture.pairs().isEmpty)

        let other = try MirrorFixture()
        try Data("no evidence".utf8).write(to: URL(fileURLWithPath: other.path("mirror.evidence")))
        await refused(other, .unknown, "is no store of evidence")
    }

    @Test func `where another one runs on the same evidence, or the same store`() async throws {
        let fixture = try MirrorFixture()
        let nobody = try MirrorFixture.nobody()
        try await fixture.run(primary: nobody, shadow: nobody) { _ in
            await refused(fixture, .busy, "is in use by another process")
            var other = fixture
            other.flags["store"] = fixture.path("other.store")
            await refused(other, .busy, "mirror.evidence is in use")
            other.flags["store"] = fixture.flags["store"]
            other.flags["evidence"] = fixture.path("other.evidence")
            await refused(other, .busy, "mirror.store is in use")
        }
        // Who was refused has let go of all that it held.
        try await start(fixture)
    }
}

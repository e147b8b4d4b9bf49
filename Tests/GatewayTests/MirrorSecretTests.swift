import Evidence
import Foundation
import GuaranteeClients
import Logging
import NetworkSupport
import Synchronization
import TestSupport
import Testing
import Translation

/// What was secret in what a mirror saw, sought in all that it leaves and tells.
@Suite(.timeLimit(.minutes(1))) struct `A mirror tells nobody what is secret` {
    private static let planted = PlantedRun(6, kinds: [.balance, .pending, .wrongCode, .otherAmount, .v2Babbles])
    /// Servers that send back what they were sent.
    private static func echoes(shadowToken: String) -> String {
        let first = "Z9q7 \(V1Question.clientToken) \(PlantedRun.holder)"
        let all = "Z9q7 \(shadowToken) \(PlantedRun.holder)"
        let own = "holder: \(PlantedRun.holder), accessCode: Z9q7, balance: 5"
        return """
              - {grn: 24GB0000020000113, \(own), v1: {status: 500, body: '{"code":"\(first)","message":"\(first)"}'}}
              - {grn: 24GB0000020000121, \(own), v2: {status: 400, body: '{"code":"BAD_REQUEST","message":"\(all)"}'}}
              - {grn: 24GB0000020000139, \(own), v2: {status: 200, body: '\(all)'}}
            """
    }
    private static let questions =
        planted.pairs.map { V1Question($0) }
        + ["24GB0000020000113", "24GB0000020000121", "24GB0000020000139"].map { V1Question($0) }

    @Test(arguments: [true, false]) func `in its files, logs and pages`(hasShadowToken: Bool) async throws {
        let logged = LogText()
        var logger = Logger(label: "test") { _ in logged }
        logger.logLevel = .trace
        let fixture = try MirrorFixture([
            "ask-again": "true", "shadow-token.file": hasShadowToken ? MirrorFixture.shadowToken : "",
        ])
        let scenario = Self.planted.scenario(
            scale: 1,
            more: Self.echoes(shadowToken: hasShadowToken ? MirrorFixture.shadowToken : V1Question.clientToken))
        let told: [[UInt8]] = try await fixture.runSimulated(scenario, logger: logger) { mirror, _ in
            for question in Self.questions { try await mirror.ask(question) }
            let odd = ExchangeRequest(
                method: "GET", path: "/customs/guarantees/balances/Z9q7/\(PlantedRun.holder)?code=Z9q7",
                headers: ["Authorization": "Bearer \(V1Question.clientToken)"])
            _ = try await mirror.send(odd)
            try await mirror.judged(Self.questions.count)
            // One waits in the store, as long as it lasts.
            try await mirror.ask(Self.questions[0])
            try await mirror.recorded(Self.questions.count + 1)
            // While it runs, and its log has not been written back.
            try expectNone(in: fixture)
            var told: [[UInt8]] = []
            for page in ["/_bridge/", "/_bridge/metrics"] { told.append(try await mirror.page(page).body) }
            return told
        }
        try expectNone(in: fixture)
        for secret in Self.secrets {
            for text in told + [logged.bytes] { #expect(text.firstRange(of: secret.utf8) == nil) }
        }
        #expect(logged.bytes.count > 100)
        for name in ["mirror.evidence", "mirror.store", "mirror.key", "access.log"] {
            let mode = try FileManager.default.attributesOfItem(atPath: fixture.path(name))[.posixPermissions]
            #expect(mode as? Int == 0o600, "\(name)")
        }
    }

    private static let secrets = [
        PlantedRun.accessCode, "X0x0", V1Question.clientToken, MirrorFixture.shadowToken, PlantedRun.holder,
        "GB999999999999",
    ]

    private func expectNone(in fixture: MirrorFixture) throws {
        for secret in Self.secrets { #expect(try fixture.folder.files(holding: secret) == [], "\(secret)") }
    }

    /// That the search finds what there is.
    @Test func `where it would be found`() throws {
        let folder = try ScratchFolder()
        for (name, text) in [
            ("a", "xZ9q7x"), ("b", Data("Z9q7..".utf8).base64EncodedString()),
            ("c", Data("ab token-1234 cd".utf8).base64EncodedString()),
        ] {
            _ = try folder.write(name, Data(text.utf8))
        }
        _ = try folder.write("d", Data("xZ9q7".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }))
        #expect(try folder.files(holding: "Z9q7") == ["a", "b", "d"])
        #expect(try folder.files(holding: "token-1234") == ["c"])
    }
}

/// Keeps what is logged.
private final class LogText: LogHandler, Sendable {
    private let text = Mutex("")
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }

    var bytes: [UInt8] { Array(text.withLock { $0 }.utf8) }

    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        text.withLock { $0 += "\(event.level) \(event.message) \(event.metadata ?? [:])\n" }
    }
}

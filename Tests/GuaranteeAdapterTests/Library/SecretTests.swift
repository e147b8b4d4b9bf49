import GuaranteeAdapter
import Synchronization
import Testing

@Suite struct `Secrets` {
    /// All that a value shows of itself.
    private func shown(_ value: some Any) -> String {
        var text = "\(value)\n\(String(reflecting: value))\n"
        dump(value, to: &text)
        return text
    }

    private func expectNone(in value: some Any, sourceLocation: SourceLocation = #_sourceLocation) {
        let text = shown(value)
        #expect(!text.contains(AdapterFixture.secret), sourceLocation: sourceLocation)
        #expect(!text.contains(AdapterFixture.token), sourceLocation: sourceLocation)
        // Nor as bytes, which dump shows one to a line.
        let bytes = text.split(separator: "\n").compactMap { UInt8($0.drop { $0 == " " || $0 == "-" }) }
        #expect(bytes.firstRange(of: AdapterFixture.secret.utf8) == nil, sourceLocation: sourceLocation)
    }

    @Test func `are shown by no request and no response`() async throws {
        expectNone(in: BalanceRequest.about())
        let fixture = try AdapterFixture()
        let response = await fixture.submit()
        expectNone(in: response)
        let request = try #require(fixture.service.requests.first)
        expectNone(in: request)
        #expect(shown(request).contains("/customs/guarantees/23GB0000010000854/balance"))
        let repeating = AdapterResponse.error(
            400, "BAD_REQUEST", "Access code \(AdapterFixture.secret) must be four alphanumeric characters.")
        expectNone(in: repeating)
    }

    @Test func `are shown by no error, though v2.0 repeats them`() async throws {
        let message = "Access code \(AdapterFixture.secret) must be four alphanumeric characters."
        let fixture = try AdapterFixture(PlayedService(.error(400, "BAD_REQUEST", message)))
        let error = try #require(await fixture.submit().error)
        #expect(error.complaints.map(\.code) == ["INVALID_ACCESS_CODE"])
        expectNone(in: error)
        fixture.service.answers(.error(401, "INVALID_CREDENTIALS", "no such token: \(AdapterFixture.token)"))
        expectNone(in: await fixture.submit(.about("23GB0000010000863")))
    }

    @Test func `are shown by no adapter, whatever it is doing`() async throws {
        let gate = Gate()
        let fixture = try AdapterFixture(
            PlayedService { _ in
                await gate.passed()
                return .balance("5")
            }
        ) { $0.reuseWithin = .seconds(600) }
        let first = Task { await fixture.submit() }
        await fixture.service.asked(1)
        expectNone(in: fixture.adapter)
        fixture.clock.advance(by: .seconds(15))
        let id = try #require(await first.value.pending)
        expectNone(in: fixture.adapter)
        expectNone(in: try await fixture.adapter.state(of: id))
        gate.open()
        try await eventually("it is answered") { try await fixture.adapter.state(of: id)?.completedAt != nil }
        expectNone(in: fixture.adapter)
        expectNone(in: try await fixture.adapter.state(of: id))
    }
}

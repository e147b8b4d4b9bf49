import GuaranteeClients
import HTTPTransport
import NetworkSupport
import Testing
import Translation

@Suite struct `The simulator answers as the contract says` {
    @Test(arguments: try ConformanceCase.all())
    func `in each case`(conformance: ConformanceCase) async throws {
        let clock = ManualClock()
        try await withSimulator(conformance.scenario, clock: clock.clock) { simulator in
            try await HTTPTransport.withTransport(TransportOptions()) { transport in
                try await run(conformance, simulator.url, transport, clock)
            }
        }
    }

    private func run(
        _ conformance: ConformanceCase, _ url: BaseURL, _ transport: HTTPTransport, _ clock: ManualClock
    ) async throws {
        var captured: [String: String] = [:]
        #expect(!conformance.steps.isEmpty)
        for (number, step) in conformance.steps.enumerated() {
            clock.advance(by: step.after ?? (conformance.isAboutRates ? .zero : .milliseconds(500)))
            let response: ExchangeResponse
            do {
                response = try await transport.send(step.request(captured), to: url, limits: TransportLimits())
            } catch {
                #expect(step.expectedFailure != nil, "step \(number + 1): \(error)")
                #expect(error.code == .interrupted, "step \(number + 1): \(error)")
                continue
            }
            #expect(step.expectedFailure == nil, "step \(number + 1) was answered")
            for (name, value) in step.captures(from: response) {
                captured[name] = try #require(value, "step \(number + 1) brought no \(name)")
            }
            let complaints = step.complaints(about: response, captured)
            #expect(complaints.isEmpty, "step \(number + 1): \(complaints.joined(separator: "; "))")
        }
    }
}

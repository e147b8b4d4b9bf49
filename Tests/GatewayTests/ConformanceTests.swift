import Foundation
import GuaranteeClients
import HTTPTransport
import NetworkSupport
import Testing
import Translation

/// The cases of v1.0, as they are, against the gateway in front of the simulator's v2.0.
@Suite struct `The gateway answers as v1.0 did` {
    @Test(arguments: try ConformanceCase.all(in: "v1"))
    func `in each case, or the documentation says why not`(conformance: ConformanceCase) async throws {
        let clock = VirtualClock()
        let behind = try ScenarioBehindGateway(conformance)
        let complaints: [Int: String] = try await withHolders(behind.holders) { holders in
            try await withSimulator(behind.scenario, clock: clock.simulatorClock) { simulator -> [Int: String] in
                var flags = ["upstream": simulator.url.description]
                if !behind.holders.isEmpty { flags["holders"] = holders }
                return try await withGateway(flags, time: clock.timekeeper) { gateway -> [Int: String] in
                    try await HTTPTransport.withTransport(TransportOptions()) { transport -> [Int: String] in
                        try await self.complaints(about: conformance, gateway.url, transport, clock)
                    }
                }
            }
        }
        let listed = try DifferenceList.steps[conformance.name] ?? []
        #expect(Set(complaints.keys) == listed, "\(complaints.sorted { $0.key < $1.key })")
    }

    @Test func `and the documentation lists no case that there is not`() throws {
        let cases = Set(try ConformanceCase.all(in: "v1").map(\.name))
        #expect(try Set(DifferenceList.steps.keys).subtracting(cases) == [])
    }

    private func withHolders<Value>(_ lines: String, _ body: (String) async throws -> Value) async throws -> Value {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("holders-\(UUID().uuidString).csv")
        try Data(lines.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await body(file.path)
    }

    /// What differs, by the step; a step that does not bring what later ones need ends the case.
    private func complaints(
        about conformance: ConformanceCase, _ url: BaseURL, _ transport: HTTPTransport, _ clock: VirtualClock
    ) async throws -> [Int: String] {
        var captured: [String: String] = [:]
        var complaints: [Int: String] = [:]
        for (index, step) in conformance.steps.enumerated() {
            try await clock.advance(by: step.after ?? (conformance.isAboutRates ? .zero : .milliseconds(500)))
            let request = step.request(captured)
            let response: ExchangeResponse
            do {
                response = try await clock.waiting {
                    try await transport.send(request, to: url, limits: TransportLimits())
                }
            } catch {
                if step.expectedFailure == nil { complaints[index + 1] = "\(error)" }
                continue
            }
            if let failure = step.expectedFailure {
                complaints[index + 1] = "was answered, not \(failure)"
                continue
            }
            for (name, value) in step.captures(from: response) {
                guard let value else {
                    complaints[index + 1] = "brought no \(name)"
                    return complaints
                }
                captured[name] = value
            }
            let found = step.complaints(about: response, captured)
            if !found.isEmpty { complaints[index + 1] = found.joined(separator: "; ") }
        }
        return complaints
    }
}

/// The cases that the documentation lists as different, with the steps that are, each with its reason.
enum DifferenceList {
    static var steps: [String: Set<Int>] {
        get throws {
            let page = ConformanceCase.folder.deletingLastPathComponent().deletingLastPathComponent()
                .appendingPathComponent("docs/gateway-differences.md")
            var steps: [String: Set<Int>] = [:]
            for line in try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
            where line.hasPrefix("| `v1/") {
                let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                let name = cells[0].replacing("`", with: "") + ".json"
                steps[name] = Set(
                    cells[1].split(separator: ",").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) })
            }
            return steps
        }
    }
}

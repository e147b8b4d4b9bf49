import GuaranteeClients
import Logging
import Metrics
import MetricsTestKit
import NetworkSupport
import Synchronization
import Testing
import Translation

@Suite struct `Logs and metrics` {
    @Test func `tell how calls ended, and no secret`() async throws {
        let metrics = TestMetrics()
        let lines = LogLines()
        let scenario = """
            faults: [{api: v1, method: GET, calls: [2], condition: server-error}]
            guarantees:
              - {grn: 24GB0000020000113, holder: GB111111111111, accessCode: QZ9X, balance: 5, v1: {after: 16}}
              - {grn: 24GB0000020000227, accessCode: QZ9X, balance: 5, v2: {drop: true}}
            """
        try await Clients.talking(scenario) { clients in
            var clients = clients
            clients.tokens = FixedToken(BearerToken("tok-e-n"))
            clients.metrics = metrics
            clients.logger = Logger(label: "test") { _ in lines }
            _ = try await clients.v1.ask(
                Clients.question("24GB0000020000113", code: "QZ9X", tin: "GB111111111111"))
            _ = try? await clients.v2.ask(Clients.question("24GB0000020000227", code: "QZ9X"))
            _ = try await clients.v2.ask(Clients.question("24GB0000020000330", code: "QZ9"))
        }
        let text = lines.text
        #expect(text.contains("outcome=202") && text.contains("outcome=interrupted") && text.contains("calling again"))
        for secret in ["tok-e-n", "QZ9", "GB111111111111", "24GB"] { #expect(!text.contains(secret)) }
        let counters = metrics.counters.filter { $0.label.hasPrefix("nctsbridge_client") }
        func count(_ label: String, _ value: String) -> Int64 {
            counters.filter { $0.label == label && $0.dimensions.contains { $0.1 == value } }
                .reduce(0) { $0 + $1.totalValue }
        }
        #expect(count("nctsbridge_client_calls", "202") == 1)
        #expect(count("nctsbridge_client_calls", "500") == 1)
        #expect(count("nctsbridge_client_calls", "interrupted") == 1)
        #expect(count("nctsbridge_client_calls", "400") == 1)
        #expect(count("nctsbridge_client_retries", "v1") == 1)
        #expect(metrics.timers.contains { $0.label == "nctsbridge_client_duration" })
        for value in counters.flatMap(\.dimensions).map(\.1) + metrics.timers.flatMap(\.dimensions).map(\.1) {
            for secret in ["tok-e-n", "QZ9", "GB111111111111", "24GB"] { #expect(!value.contains(secret)) }
        }
    }
}

/// Keeps what is logged.
private final class LogLines: LogHandler {
    private let kept = Mutex("")

    var text: String { kept.withLock { $0 } }

    // What a logger sets of its own is not needed here.
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        let metadata = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        kept.withLock { $0 += "\(event.message) \(metadata)\n" }
    }
}

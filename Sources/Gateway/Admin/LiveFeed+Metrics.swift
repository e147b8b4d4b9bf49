import Foundation
import GuaranteeClients
import PrometheusMetrics

extension LiveFeed {
    /// Says what each metric means, and adds those that are looked up when somebody asks.
    func describeMetrics() {
        registry.describe(
            GatewayObserver.requests, "Answers to clients, by what was asked, the status and what was said.")
        registry.describe(GatewayObserver.duration, "From a client's request until its answer.")
        registry.describe("nctsbridge_client_calls", "Calls of v1.0 and v2.0, by their status, or why there was none.")
        registry.describe("nctsbridge_client_duration", "How long those calls took.")
        registry.describe("nctsbridge_client_retries", "Calls that were made again.")
        registry.describe("nctsbridge_client_throttled", "Calls that were answered 429, and whose fault that was.")
        registry.describe("nctsbridge_mirror_pairs", "Pairs that were judged, by their class.")
        registry.describe("nctsbridge_mirror_requests", "Questions that the mirror saw, and what became of them.")
        registry.gauge("nctsbridge_gateway_connections", "Clients' open connections.") { [load] in
            Double(load.connections)
        }
        registry.gauge("nctsbridge_gateway_in_flight", "Requests that are being answered.") { [load] in
            Double(load.inFlight)
        }
        registry.counter("nctsbridge_gateway_refused", "Requests and connections refused for the load.") { [load] in
            load.refused
        }
        registry.counter("nctsbridge_gateway_log_lines_left_out", "Lines that the access log had no room for.") {
            [accessLog] in accessLog?.leftOut ?? 0
        }
        registry.describe(GatewayObserver.overhead, "What the gateway itself adds to a request that was handed on.")
        registry.gauge("nctsbridge_gateway_info", "The gateway's version.", dimensions: [("version", version)]) { 1 }
        registry.gauge("nctsbridge_gateway_pending", "Requests that clients were told to ask for later.") {
            [lastPending] in Double(lastPending.value)
        }
        guard let recorder = mirror?.recorder else { return }
        registry.gauge("nctsbridge_mirror_queue", "Pairs that wait for v2.0.") { Double(recorder.standing.depth) }
        registry.gauge("nctsbridge_mirror_queue_limit", "How many may wait.") { Double(recorder.queueLimit) }
        registry.gauge("nctsbridge_mirror_oldest_seconds", "How long the oldest pair has waited.") { [time] in
            recorder.standing.oldest.map { time.date().timeIntervalSince($0) } ?? 0
        }
        registry.counter("nctsbridge_mirror_skipped", "Pairs for which v2.0 was not asked, since too many waited.") {
            recorder.standing.skipped
        }
        registry.counter("nctsbridge_mirror_unrecorded", "Requests that could not be recorded.") {
            recorder.standing.unrecorded
        }
    }
}

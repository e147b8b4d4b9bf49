import GuaranteeAdapter
package import GuaranteeClients
import Metrics
package import PrometheusMetrics
import Translation

/// What is counted of answers to clients, and written down of each.
package struct GatewayObserver: AnswerObserver {
    package static let requests = "nctsbridge_gateway_requests"
    package static let overhead = "nctsbridge_gateway_overhead"
    package static let duration = "nctsbridge_gateway_duration"

    private let registry: PrometheusRegistry
    private let log: AccessLog?
    private let time: Timekeeper

    package init(_ registry: PrometheusRegistry, log: AccessLog?, time: Timekeeper) {
        self.registry = registry
        self.log = log
        self.time = time
    }

    package func answered(
        _ answer: FrontAnswer, method: String, client: String, id: String, after duration: Duration
    ) {
        Counter(
            label: Self.requests,
            dimensions: [
                ("route", answer.route.rawValue), ("status", answer.isSent ? String(answer.response.status) : "none"),
                ("outcome", answer.outcome ?? ""), ("origin", answer.origin?.rawValue ?? ""),
            ], factory: registry
        ).increment()
        Metrics.Timer(label: Self.duration, dimensions: [("route", answer.route.rawValue)], factory: registry)
            .record(duration: duration)
        if let waited = answer.waited {
            Metrics.Timer(label: Self.overhead, dimensions: [("route", answer.route.rawValue)], factory: registry)
                .record(duration: duration - waited)
        }
        log?.write(
            AccessLog.Line(
                at: time.date(), id: id, client: client, method: method, route: answer.route.rawValue,
                status: answer.isSent ? answer.response.status : 0, form: answer.form?.rawValue,
                origin: answer.origin?.rawValue,
                outcome: answer.outcome, duration: duration, bytes: answer.isSent ? answer.response.body.count : 0))
    }
}

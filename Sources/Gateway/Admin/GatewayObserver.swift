import GuaranteeAdapter
package import GuaranteeClients
import Metrics
package import PrometheusMetrics
import Synchronization
import Translation

/// What is counted of answers to clients, and written down of each.
package final class GatewayObserver: AnswerObserver {
    package static let requests = "nctsbridge_gateway_requests"
    package static let overhead = "nctsbridge_gateway_overhead"
    package static let duration = "nctsbridge_gateway_duration"

    private struct Ending: Hashable {
        var route: FrontAnswer.Route
        /// nil where nothing was sent.
        var status: Int?
        var outcome: String?
        var origin: BalanceAnswer.Origin?
    }

    /// What counts and times answers, made once: it is looked up for each answer.
    private struct Meters {
        var requests: [Ending: Counter] = [:]
        var durations: [FrontAnswer.Route: Metrics.Timer] = [:]
        var overheads: [FrontAnswer.Route: Metrics.Timer] = [:]
    }

    private let registry: PrometheusRegistry
    private let meters = Mutex(Meters())
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
        let status = answer.isSent ? answer.response.status : nil
        let ending = Ending(
            route: answer.route, status: status, outcome: answer.outcome, origin: answer.origin)
        meters.withLock { meters in
            counter(of: ending, &meters.requests).increment()
            timer(Self.duration, of: answer.route, &meters.durations).record(duration: duration)
            if let waited = answer.waited {
                timer(Self.overhead, of: answer.route, &meters.overheads).record(duration: duration - waited)
            }
        }
        log?.write(
            AccessLog.Line(
                at: time.date(), id: id, client: client, method: method, route: answer.route.rawValue,
                status: answer.isSent ? answer.response.status : 0, form: answer.form?.rawValue,
                origin: answer.origin?.rawValue,
                outcome: answer.outcome, duration: duration, bytes: answer.isSent ? answer.response.body.count : 0))
    }

    private func counter(of ending: Ending, _ known: inout [Ending: Counter]) -> Counter {
        if let counter = known[ending] { return counter }
        let counter = Counter(
            label: Self.requests,
            dimensions: [
                ("route", ending.route.rawValue), ("status", ending.status.map { String($0) } ?? "none"),
                ("outcome", ending.outcome ?? ""), ("origin", ending.origin?.rawValue ?? ""),
            ], factory: registry)
        known[ending] = counter
        return counter
    }

    private func timer(
        _ label: String, of route: FrontAnswer.Route, _ known: inout [FrontAnswer.Route: Metrics.Timer]
    ) -> Metrics.Timer {
        if let timer = known[route] { return timer }
        let timer = Metrics.Timer(label: label, dimensions: [("route", route.rawValue)], factory: registry)
        known[route] = timer
        return timer
    }
}

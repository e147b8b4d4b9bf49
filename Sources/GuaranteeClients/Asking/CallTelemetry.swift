package import Logging
package import Metrics
import Synchronization
import Translation

/// What logs and metrics hear of calls: which API, which method, how it ended, how long it took. No address, no body, no
/// header, no token.
package final class CallTelemetry: Sendable {
    private struct Ending: Hashable {
        var method: String
        var outcome: String
    }

    /// What counts and times calls, made once: it is looked up for each call.
    private struct Meters {
        var calls: [Ending: Counter] = [:]
        var durations: [String: Metrics.Timer] = [:]
    }

    private let api: GuaranteeAPI
    private let logger: Logger
    private let metrics: any MetricsFactory
    private let meters = Mutex(Meters())

    package init(api: GuaranteeAPI, logger: Logger, metrics: any MetricsFactory) {
        self.api = api
        self.logger = logger
        self.metrics = metrics
    }

    /// `nctsbridge_client_calls` by api, method and outcome (a status, or why there is none), and
    /// `nctsbridge_client_duration` by api and method; `nctsbridge_client_throttled` by api and cause.
    func ended(_ exchange: Exchange) {
        let ending: String =
            switch exchange.outcome {
            case .success(let response): String(response.status)
            case .failure(let error): error.code.rawValue
            }
        let (counter, timer) = meters(of: Ending(method: exchange.method, outcome: ending))
        counter.increment()
        timer.record(duration: exchange.duration)
        if let cause = exchange.throttleCause {
            Counter(
                label: "nctsbridge_client_throttled", dimensions: [("api", api.rawValue), ("cause", cause.rawValue)],
                factory: metrics
            ).increment()
        }
        logger.debug(
            "call ended",
            metadata: [
                "api": "\(api.rawValue)", "method": "\(exchange.method)", "outcome": "\(ending)",
                "milliseconds": "\(exchange.duration.milliseconds)",
            ])
    }

    private func meters(of ending: Ending) -> (Counter, Metrics.Timer) {
        meters.withLock { meters in
            if let counter = meters.calls[ending], let timer = meters.durations[ending.method] {
                return (counter, timer)
            }
            let dimensions = [("api", api.rawValue), ("method", ending.method)]
            let counter = Counter(
                label: "nctsbridge_client_calls", dimensions: dimensions + [("outcome", ending.outcome)],
                factory: metrics)
            let timer = Metrics.Timer(label: "nctsbridge_client_duration", dimensions: dimensions, factory: metrics)
            meters.calls[ending] = counter
            meters.durations[ending.method] = timer
            return (counter, timer)
        }
    }

    /// `nctsbridge_client_retries` by api.
    func retrying(_ retry: Int, _ verdict: RetryVerdict) {
        Counter(label: "nctsbridge_client_retries", dimensions: [("api", api.rawValue)], factory: metrics).increment()
        logger.info(
            "calling again",
            metadata: ["api": "\(api.rawValue)", "retry": "\(retry)", "afterLock": "\(verdict == .againAfterLock)"])
    }
}

extension Duration {
    /// Whole milliseconds.
    package var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}

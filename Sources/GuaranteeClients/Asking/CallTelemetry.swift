import Logging
import Metrics
import Translation

/// What logs and metrics hear of calls: which API, which method, how it ended, how long it took. No address, no body, no
/// header, no token.
struct CallTelemetry: Sendable {
    private let api: GuaranteeAPI
    private let logger: Logger
    private let metrics: any MetricsFactory

    init(api: GuaranteeAPI, logger: Logger, metrics: any MetricsFactory) {
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
        Counter(
            label: "nctsbridge_client_calls",
            dimensions: [("api", api.rawValue), ("method", exchange.method), ("outcome", ending)],
            factory: metrics
        ).increment()
        Metrics.Timer(
            label: "nctsbridge_client_duration", dimensions: [("api", api.rawValue), ("method", exchange.method)],
            factory: metrics
        ).record(duration: exchange.duration)
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

import Logging
import Metrics
import Translation

/// What logs and metrics hear of calls: which API, which method, how it ended, how long it took. No address, no body, no
/// header, no token.
struct CallTelemetry: Sendable {
    private let api: GuaranteeAPI
    private let logger: Logger

    init(api: GuaranteeAPI, logger: Logger) {
        self.api = api
        self.logger = logger
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
            dimensions: [("api", api.rawValue), ("method", exchange.method), ("outcome", ending)]
        ).increment()
        Metrics.Timer(
            label: "nctsbridge_client_duration", dimensions: [("api", api.rawValue), ("method", exchange.method)]
        ).record(duration: exchange.duration)
        if let cause = exchange.throttleCause {
            Counter(
                label: "nctsbridge_client_throttled", dimensions: [("api", api.rawValue), ("cause", cause.rawValue)]
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
        Counter(label: "nctsbridge_client_retries", dimensions: [("api", api.rawValue)]).increment()
        logger.info(
            "calling again",
            metadata: ["api": "\(api.rawValue)", "retry": "\(retry)", "afterLock": "\(verdict == .againAfterLock)"])
    }
}

extension Duration {
    /// Whole milliseconds.
    package var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}

import DualRun
import Evidence
import Foundation
import GuaranteeAdapter
import GuaranteeClients
import Logging
import Metrics
import PrometheusMetrics
import ServiceLifecycle
import Synchronization
import Translation

/// Hands clients' requests to v1.0 and its answers back, byte for byte, and has v2.0 asked the same later. Nothing that
/// concerns v2.0 or the evidence comes between a client and its answer.
final class Mirror: RequestHandler {
    /// A request that v1.0 was handed, and what came of it.
    struct Observation: Sendable {
        var request: ExchangeRequest
        /// nil where it is none of v1.0's.
        var route: ExchangeRoutes.Match?
        var exchange: Exchange
    }

    /// The longest body that is handed on: bytes.
    static let largestAnswer = 64 << 20

    let mark: String
    private let primary: BaseURL
    private let transport: any ExchangeTransport
    private let limits: TransportLimits
    private let codec: ExchangeCodec
    private let routes: ExchangeRoutes
    private let time: Timekeeper
    private let metrics: any MetricsFactory
    private let logger: Logger
    private let onObservation: @Sendable (Observation) -> Void

    /// - Parameter onObservation: hears of each question and of what v1.0 answered; it must not wait for anything.
    init(
        _ primary: BaseURL, over transport: any ExchangeTransport, limits: TransportLimits, codec: ExchangeCodec,
        version: String, time: Timekeeper, metrics: any MetricsFactory, logger: Logger,
        onObservation: @escaping @Sendable (Observation) -> Void
    ) {
        mark = "mirror/\(version)"
        self.primary = primary
        self.transport = transport
        self.limits = limits
        self.codec = codec
        self.time = time
        self.metrics = metrics
        self.logger = logger
        self.onObservation = onObservation
        routes = ExchangeRoutes(codec.mappings)
    }

    func answer(_ request: ExchangeRequest, _ reply: @Sendable (FrontAnswer) -> Void) async {
        reply(await answer(request))
    }

    private func answer(_ request: ExchangeRequest) async -> FrontAnswer {
        let match = routes.match(method: request.method, path: request.path)
        let isV1 = match?.format == .v1JSON
        let route: FrontAnswer.Route = !isV1 ? .unknown : match?.kind == .query ? .submit : .state
        var forwarded = request
        forwarded.headers = request.headers.endToEnd
        let sentAt = time.date()
        let start = time.elapsed()
        let realStart = ContinuousClock.now
        let outcome: Result<ExchangeResponse, TransportError>
        do throws(TransportError) {
            outcome = .success(try await transport.send(forwarded, to: primary, limits: limits))
        } catch {
            outcome = .failure(error)
        }
        let waited = ContinuousClock.now - realStart
        let exchange = Exchange(
            api: .v1, method: request.method, path: String(request.path.prefix { $0 != "?" }), outcome: outcome,
            sentAt: sentAt, duration: time.elapsed() - start)
        count(exchange)
        onObservation(Observation(request: request, route: isV1 ? match : nil, exchange: exchange))
        switch outcome {
        case .success(let response):
            var answer = FrontAnswer(response, route)
            answer.response.headers = response.headers.endToEnd
            // How long the body would be that was not asked for.
            if request.method == "HEAD" {
                answer.response.headers["Content-Length"] = response.headers["Content-Length"]
            }
            answer.origin = .upstream
            answer.waited = waited
            return answer
        case .failure(let error):
            logger.warning("v1.0 gave no answer", metadata: ["why": "\(error.code.rawValue)"])
            return failure(error, route)
        }
    }

    /// What the platform in front of v1.0 answered where v1.0 did not; and to what can't be passed on at all.
    private func failure(_ error: TransportError, _ route: FrontAnswer.Route) -> FrontAnswer {
        let message =
            error.code == .malformed && error.nothingSent
            ? RequestChecks(codec).frameworkError(400, "bad request, cause: REDACTED")
            : codec.message(meaning: error.code == .timedOut ? "gateway-timeout" : "unavailable")
        let response = message.flatMap { try? codec.response(saying: $0.worded, in: .v1JSON) }
        var answer = FrontAnswer(response ?? ExchangeResponse(status: 503), route)
        answer.outcome = message?.outcome
        answer.origin = .own
        return answer
    }

    private func count(_ exchange: Exchange) {
        let ending: String =
            switch exchange.outcome {
            case .success(let response): String(response.status)
            case .failure(let error): error.code.rawValue
            }
        Counter(
            label: "nctsbridge_client_calls",
            dimensions: [("api", "v1"), ("method", exchange.method), ("outcome", ending)], factory: metrics
        ).increment()
        Metrics.Timer(
            label: "nctsbridge_client_duration", dimensions: [("api", "v1"), ("method", exchange.method)],
            factory: metrics
        ).record(duration: exchange.duration)
    }
}

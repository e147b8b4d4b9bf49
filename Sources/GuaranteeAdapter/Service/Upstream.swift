import Foundation
package import GuaranteeClients
package import Logging
package import Metrics
package import Translation

/// Where v2.0 is, and in whose name it is asked.
package struct Upstream: Sendable {
    private let base: BaseURL
    private let transport: any ExchangeTransport
    private let limits: TransportLimits
    /// The adapter's own tokens; nil: each question goes with its client's.
    private let tokens: (any TokenSource)?
    private let codec: ExchangeCodec
    private let time: Timekeeper
    private let logger: Logger
    private let telemetry: CallTelemetry

    package init(
        _ base: BaseURL, over transport: any ExchangeTransport, tokens: (any TokenSource)?, codec: ExchangeCodec,
        limits: TransportLimits = TransportLimits(), time: Timekeeper = .system,
        logger: Logger = Logger(label: "nctsbridge.adapter"), metrics: any MetricsFactory = MetricsSystem.factory
    ) {
        self.base = base
        self.transport = transport
        self.tokens = tokens
        self.codec = codec
        self.limits = limits
        self.time = time
        self.logger = logger
        telemetry = CallTelemetry(api: .v2, logger: logger, metrics: metrics)
    }

    /// Whose lock a question takes: the client's, or the adapter's own.
    func user(of token: BearerToken?) -> BearerToken? { tokens == nil ? token : nil }

    /// Asks about one guarantee, once.
    ///
    /// - Returns: the answer as it came, or why there is none.
    func ask(
        _ asked: BalanceQuestion.Asked, token: BearerToken?, pacing: any CallPacing = NoPacing(), user: String = ""
    ) async -> KeptAnswer {
        guard let source = tokens ?? token.map({ FixedToken($0) }) else { return .withoutToken }
        var options = ClientOptions()
        options.user = user
        options.limits = limits
        // Who asked waits, and knows what to do: nothing is asked again, and nothing waits for a lock.
        options.retrying = .never
        options.breaker.failures = .max
        let client = V2Client(
            Caller(
                .v2, at: base, over: transport, tokens: source, pacing: pacing, codec: codec, options: options,
                time: time, telemetry: telemetry))
        do throws(ClientError) {
            let answer = try await client.ask(GuaranteeQuestion(grn: asked.grn, accessCode: asked.accessCode))
            return KeptAnswer(answer)
        } catch {
            switch error.code {
            // v2.0 can't be asked about a GRN that is no path, and v1.0's NCTS knew none such.
            case .invalidQuestion: return .unknownGRN
            case .cancelled: return .cancelled
            default:
                logger.warning("v2.0 gave no answer", metadata: ["why": "\(error.code.rawValue)"])
                return KeptAnswer(lack: .failed, isUnsent: error.exchanges.last?.isUnsent ?? true)
            }
        }
    }
}

extension Exchange {
    fileprivate var isUnsent: Bool { if case .failure(let error) = outcome { error.nothingSent } else { false } }
}

/// Lets everything go at once: the one who asks keeps the limits, or bears the 429.
struct NoPacing: CallPacing {
    func admit(_ call: PacedCall) -> PacingTicket { PacingTicket(0) }
    func finish(_ ticket: PacingTicket, _ end: CallEnd) {}
    func cause(ofThrottled ticket: PacingTicket) -> ThrottleCause { .others }
    func hold(for duration: Duration) {}
}

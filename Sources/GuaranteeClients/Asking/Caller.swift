import Foundation
package import Logging
package import Metrics
import Synchronization
package import Translation

/// Makes calls of one API: paced, with a token, tried again as the rules allow, and kept from an API that is down.
package final class Caller: Sendable {
    let api: GuaranteeAPI
    let base: BaseURL
    let codec: ExchangeCodec
    let options: ClientOptions
    let time: Timekeeper
    private let transport: any ExchangeTransport
    private let tokens: any TokenSource
    private let pacing: any CallPacing
    private let telemetry: CallTelemetry
    private let breaker: Mutex<CircuitBreaker>

    package convenience init(
        _ api: GuaranteeAPI, at base: BaseURL, over transport: any ExchangeTransport, tokens: any TokenSource,
        pacing: any CallPacing, codec: ExchangeCodec, options: ClientOptions = ClientOptions(),
        time: Timekeeper = .system, logger: Logger = Logger(label: "nctsbridge.client"),
        metrics: any MetricsFactory = MetricsSystem.factory
    ) {
        self.init(
            api, at: base, over: transport, tokens: tokens, pacing: pacing, codec: codec, options: options, time: time,
            telemetry: CallTelemetry(api: api, logger: logger, metrics: metrics))
    }

    /// - Parameter telemetry: of the same API; several callers may share one.
    package init(
        _ api: GuaranteeAPI, at base: BaseURL, over transport: any ExchangeTransport, tokens: any TokenSource,
        pacing: any CallPacing, codec: ExchangeCodec, options: ClientOptions, time: Timekeeper,
        telemetry: CallTelemetry
    ) {
        self.api = api
        self.base = base
        self.transport = transport
        self.tokens = tokens
        self.pacing = pacing
        self.codec = codec
        self.options = options
        self.time = time
        self.telemetry = telemetry
        breaker = Mutex(CircuitBreaker(options.breaker))
    }

    /// Makes a call, and makes it again where the rules allow and it may help.
    ///
    /// - Returns: all exchanges; the last brought an answer, whatever its status.
    func call(
        _ request: ExchangeRequest, as paced: PacedCall, journal: (any CallJournal)? = nil
    ) async throws(ClientError) -> [Exchange] {
        var exchanges: [Exchange] = []
        var paused = Duration.zero
        var token = try await self.token(after: exchanges)
        var mayRenew = true
        var retry = 0
        while true {
            try await passBreaker(exchanges, &paused)
            let exchange = try await attempt(request, paced, token, journal, exchanges)
            exchanges.append(exchange)
            // Refused before any service saw it: with another token it is another call.
            if exchange.response?.status == 401, mayRenew {
                mayRenew = false
                if let other = try await replacement(for: token, exchanges) {
                    token = other
                    continue
                }
            }
            let verdict = RetryVerdict(
                method: request.method, after: exchange.outcome, repeatsPosts: options.repeatsPosts)
            let advised = await heedAdvice(of: exchange)
            retry += 1
            guard verdict != .stands, retry <= options.retrying.retries else { return try settle(exchanges) }
            if verdict == .again {
                let pause = max(options.retrying.pause(beforeRetry: retry, random: time.random), advised ?? .zero)
                guard paused + pause <= options.retrying.budget else { return try settle(exchanges) }
                try await sleep(pause, exchanges)
                paused += pause
            }
            telemetry.retrying(retry, verdict)
        }
    }

    // MARK: - One attempt

    private func attempt(
        _ request: ExchangeRequest, _ paced: PacedCall, _ token: BearerToken, _ journal: (any CallJournal)?,
        _ exchanges: [Exchange]
    ) async throws(ClientError) -> Exchange {
        let ticket: PacingTicket
        do {
            ticket = try await pacing.admit(paced)
        } catch {
            breaker.withLock { $0.abandon(at: time.elapsed()) }
            throw cancelled(exchanges)
        }
        let sentAt = time.date()
        var entry: CallJournalEntry?
        do {
            entry = try await journal?.willSend(request.method, request.path, at: sentAt)
        } catch {
            await pacing.finish(ticket, .neverArrived)
            breaker.withLock { $0.abandon(at: time.elapsed()) }
            throw notRecorded(error, exchanges)
        }
        var request = request
        request.headers["Authorization"] = "Bearer \(token.secret)"
        let start = time.elapsed()
        let outcome: Result<ExchangeResponse, TransportError>
        do {
            var response = try await transport.send(request, to: base, limits: options.limits)
            response.body = Self.hiding(token, in: response.body)
            outcome = .success(response)
        } catch {
            outcome = .failure(error)
        }
        let end = time.elapsed()
        var exchange = Exchange(
            api: api, method: request.method, path: request.path, outcome: outcome, sentAt: sentAt,
            duration: end - start)
        if exchange.response?.status == 429 { exchange.throttleCause = await pacing.cause(ofThrottled: ticket) }
        await pacing.finish(ticket, outcome.provesNoArrival ? .neverArrived : .mayHaveArrived)
        note(outcome, at: end)
        telemetry.ended(exchange)
        if let journal, let entry {
            do {
                try await journal.ended(exchange, entry, mayHaveArrived: !outcome.provesNoArrival)
            } catch {
                throw notRecorded(error, exchanges + [exchange])
            }
        }
        if case .failure(let error) = outcome, error.code == .cancelled { throw cancelled(exchanges + [exchange]) }
        return exchange
    }

    /// No answer hands a token on, whoever sent it back. What is shorter than any token, as people give a simulator, is left
    /// alone: it is a part of ordinary words.
    private static func hiding(_ token: BearerToken, in body: [UInt8]) -> [UInt8] {
        guard token.secret.utf8.count >= 8, body.holds(Array(token.secret.utf8)) else { return body }
        return body.replacing(token.secret.utf8, with: AccessCode.mask.utf8)
    }

    private func note(_ outcome: Result<ExchangeResponse, TransportError>, at now: Duration) {
        breaker.withLock { breaker in
            switch outcome {
            case .success(let response) where response.isServerFailure: breaker.fail(at: now)
            case .success: breaker.succeed()
            case .failure(let error) where error.code == .cancelled: breaker.abandon(at: now)
            case .failure: breaker.fail(at: now)
            }
        }
    }

    /// Waits while the API is taken for down, where the call has been tried before; a new call fails at once.
    private func passBreaker(_ exchanges: [Exchange], _ paused: inout Duration) async throws(ClientError) {
        while let until = breaker.withLock({ $0.admit(at: time.elapsed()) }) {
            let pause = until - time.elapsed()
            guard !exchanges.isEmpty, paused + pause <= options.retrying.budget else {
                throw ClientError(
                    code: .circuitOpen,
                    message: "\(api) at \(base) has failed too often of late; it is left alone for a while.",
                    exchanges: exchanges)
            }
            try await sleep(pause, exchanges)
            paused += pause
        }
    }

    /// A `Retry-After` holds all calls of the application back.
    private func heedAdvice(of exchange: Exchange) async -> Duration? {
        guard let response = exchange.response, response.status == 429 || response.status == 503,
            let wait = RetryAfter.wait(of: response, now: time.date())
        else { return nil }
        await pacing.hold(for: wait)
        return wait
    }

    // MARK: - Ends

    /// The exchanges where the last brought an answer; else the error that it ended with.
    private func settle(_ exchanges: [Exchange]) throws(ClientError) -> [Exchange] {
        guard case .failure(let error)? = exchanges.last?.outcome else { return exchanges }
        throw ClientError(code: ClientError.Code(error.code), message: error.message, exchanges: exchanges)
    }

    func sleep(_ pause: Duration, _ exchanges: [Exchange]) async throws(ClientError) {
        do { try await time.sleep(pause) } catch { throw cancelled(exchanges) }
    }

    private func cancelled(_ exchanges: [Exchange]) -> ClientError {
        ClientError(code: .cancelled, message: "The call was cancelled.", exchanges: exchanges)
    }

    private func notRecorded(_ error: any Error, _ exchanges: [Exchange]) -> ClientError {
        ClientError(code: .notRecorded, message: "\(error)", exchanges: exchanges)
    }

    private func token(after exchanges: [Exchange]) async throws(ClientError) -> BearerToken {
        do { return try await tokens.token() } catch { throw ClientError(error, exchanges) }
    }

    private func replacement(for token: BearerToken, _ exchanges: [Exchange]) async throws(ClientError) -> BearerToken?
    {
        do { return try await tokens.replacement(for: token) } catch { throw ClientError(error, exchanges) }
    }
}

extension [UInt8] {
    /// Whether other bytes stand in these: each answer is searched, so it has to be quick.
    fileprivate func holds(_ other: [UInt8]) -> Bool {
        guard let first = other.first, count >= other.count else { return false }
        return withUnsafeBufferPointer { bytes in
            other.withUnsafeBufferPointer { other in
                for start in 0...(bytes.count - other.count) where bytes[start] == first {
                    if bytes[start..<start + other.count].elementsEqual(other) { return true }
                }
                return false
            }
        }
    }
}

extension ClientError {
    init(_ error: TokenError, _ exchanges: [Exchange]) {
        self.init(code: error.code == .cancelled ? .cancelled : .token, message: error.message, exchanges: exchanges)
    }
}

extension ClientError.Code {
    init(_ code: TransportError.Code) {
        self =
            switch code {
            case .notConnected: .notConnected
            case .tls: .tls
            case .proxy: .proxy
            case .interrupted: .interrupted
            case .timedOut: .timedOut
            case .tooLarge, .malformed: .unreadable
            case .cancelled: .cancelled
            }
    }
}

extension Result<ExchangeResponse, TransportError> {
    /// Whether no service can have seen the request: it was not sent, or its token was refused, which comes before the lock.
    fileprivate var provesNoArrival: Bool {
        switch self {
        case .success(let response): response.status == 401 || response.status == 403
        case .failure(let error): error.nothingSent
        }
    }
}

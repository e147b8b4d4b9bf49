package import GuaranteeClients
import Translation

/// v1.0 of the CTC Guarantee Balance API as a program knew it, served by v2.0 (contract sections 3 and 4): submit a
/// request, get a balance or functional errors, or a pending answer to ask for later.
///
/// ```swift
/// let adapter = try GuaranteeAdapter(
///     upstream: "https://api.service.hmrc.gov.uk", transport: myClient, token: { try await myTokens.current() })
/// let request = BalanceRequest(
///     tin: "GB954131533000", grn: "22GB0000010000313", accessCode: AccessCode("AC01"))
/// switch try await adapter.submit(request) {
/// case .success(let balance): print(balance.amount, balance.currency ?? "")
/// case .functionalErrors(let errors): print(errors.map { "\($0.type ?? "") at \($0.pointer ?? "")" })
/// case .pending(let id): print("ask again for", id)
/// }
/// ```
///
/// It asks once for each request and never again by itself, keeps v1.0's lock of 60 seconds for each GRN, and joins
/// requests that are the same and under way at once. Requests that are pending live as long as the adapter.
public final class GuaranteeAdapter: Sendable {
    private let service: BalanceService
    private let checks: RequestChecks
    private let codec: ExchangeCodec

    /// - Parameters:
    ///   - upstream: where v2.0 is: scheme and host; `http` for this machine alone.
    ///   - transport: makes the HTTP calls.
    ///   - token: the bearer token for each call (OAuth scope `common-transit-convention-guarantee-balance`).
    /// - Throws: an error that says what is wrong with the address.
    public convenience init(
        upstream: String, transport: any AdapterTransport, token: @escaping @Sendable () async throws -> String,
        options: AdapterOptions = AdapterOptions()
    ) throws {
        try self.init(upstream: upstream, transport: transport, token: token, options: options, time: .system)
    }

    /// The same by another clock.
    package init(
        upstream: String, transport: any AdapterTransport, token: @escaping @Sendable () async throws -> String,
        options: AdapterOptions, time: Timekeeper
    ) throws {
        codec = ExchangeCodec(try MappingSet(.embedded))
        checks = RequestChecks(codec)
        var settings = BalanceService.Options()
        settings.answerWithin = options.answerWithin
        settings.keepFor = options.keepFor
        settings.reuseWithin = options.reuseWithin
        var holders = Holders()
        for (grn, tin) in options.holders { holders.add(grn: grn, tin: tin) }
        service = BalanceService(
            upstream: Upstream(
                try BaseURL(upstream), over: ForeignTransport(transport: transport),
                tokens: ForeignTokens(provide: token), codec: codec, time: time),
            codec: codec, store: MemoryRequestStore(), key: .random(), holders: holders, options: settings, time: time)
    }

    /// Puts a question.
    ///
    /// A task that is cancelled meanwhile is answered all the same, and within the same time: v2.0 has been asked, and its
    /// lock is taken.
    ///
    /// - Throws: what v1.0 answered with an error: 400 `BAD_REQUEST` with the complaints about values, 401, 403, 429
    ///   `TOO_MANY_REQUESTS` within 60 seconds of another question about the GRN, 500 where v2.0 can't be reached.
    public func submit(_ request: BalanceRequest) async throws(AdapterError) -> BalanceResponse {
        var query = BalanceMessage(kind: .query)
        query.tin = request.tin
        var guarantee = Guarantee(grn: GRN(request.grn))
        guarantee.accessCode = request.accessCode
        query.guarantees = [guarantee]
        if let refusal = checks.v1Refusal(ofValues: query) { throw AdapterError(refusal, codec) }
        let question = BalanceQuestion(
            .json, tin: request.tin,
            guarantees: [.init(grn: GRN(request.grn), accessCode: request.accessCode)], token: nil)
        return try response(await service.answer(to: question).message)
    }

    /// What became of a request that was pending.
    ///
    /// - Returns: nil where no request of the last hour has the id.
    /// - Throws: what `submit` would have thrown, where v2.0 brought an error, or no answer (500).
    public func state(of id: BalanceID) async throws(AdapterError) -> BalanceRequestState? {
        let found: BalanceState?
        do { found = try await service.state(of: id.text, token: nil) } catch {
            throw AdapterError(status: 500, code: "INTERNAL_SERVER_ERROR", message: "Internal server error")
        }
        guard let found else { return nil }
        return BalanceRequestState(
            id: id, tin: found.question.tin,
            grn: found.question.guarantees.first?.grn.text ?? "", requestedAt: found.requestedAt,
            completedAt: found.completedAt, response: try found.message.map(response))
    }

    private func response(_ message: BalanceMessage) throws(AdapterError) -> BalanceResponse {
        switch message.kind {
        case .answer:
            guard let guarantee = message.guarantees.first, let amount = guarantee.balance else { break }
            return .success(Balance(amount: amount, currency: guarantee.currency))
        case .refusal:
            let reasons =
                message.reasons.isEmpty ? SpokenAnswer(message, codec)?.message.reasons ?? [] : message.reasons
            guard !reasons.isEmpty else { break }
            return .functionalErrors(reasons)
        case .pending:
            guard let id = message.balanceID else { break }
            return .pending(BalanceID(id))
        default: break
        }
        throw AdapterError(message, codec)
    }
}

extension AdapterError {
    /// The error that v1.0 sent for a message, as its mapping spells it.
    init(_ message: BalanceMessage, _ codec: ExchangeCodec) {
        guard let spoken = SpokenAnswer(message, codec) else {
            self.init(status: 500, code: "INTERNAL_SERVER_ERROR", message: "Internal server error")
            return
        }
        self.init(
            status: spoken.status, code: spoken.code, message: spoken.words,
            complaints: spoken.message.valueErrors.map { Complaint(code: $0.code ?? "", reason: $0.reason ?? "") })
    }
}

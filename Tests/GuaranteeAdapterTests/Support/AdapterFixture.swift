import GuaranteeAdapter
import GuaranteeClients

/// An adapter in front of a v2.0 that a test plays, by a clock that it moves.
struct AdapterFixture {
    let clock = StillClock()
    let service: PlayedService
    let adapter: GuaranteeAdapter

    init(_ service: PlayedService = PlayedService(), _ set: (inout AdapterOptions) -> Void = { _ in }) throws {
        try self.init(service, set, token: { Self.token })
    }

    init(
        _ service: PlayedService = PlayedService(), _ set: (inout AdapterOptions) -> Void = { _ in },
        token: @escaping @Sendable () async throws -> String
    ) throws {
        var options = AdapterOptions()
        set(&options)
        self.service = service
        adapter = try GuaranteeAdapter(
            upstream: "https://api.example.org", transport: service, token: token, options: options,
            time: clock.timekeeper)
    }

    /// What no test may find where it does not belong.
    static let token = "hunter2hunter2"
    static let secret = "Zq7x"

    /// What a request is answered, or thrown.
    func submit(_ request: BalanceRequest = .about()) async -> Result<BalanceResponse, AdapterError> {
        do { return .success(try await adapter.submit(request)) } catch { return .failure(error) }
    }
}

extension BalanceRequest {
    static func about(
        _ grn: String = "23GB0000010000854", tin: String = "GB954131533000", code: String = AdapterFixture.secret
    ) -> BalanceRequest {
        BalanceRequest(tin: tin, grn: grn, accessCode: AccessCode(code))
    }
}

extension Result<BalanceResponse, AdapterError> {
    var amount: String? { if case .success(.success(let balance)) = self { balance.amount.lexeme } else { nil } }

    var pending: BalanceID? { if case .success(.pending(let id)) = self { id } else { nil } }

    /// The functional errors, as `12 GRR(1)…`.
    var reasons: [String]? {
        guard case .success(.functionalErrors(let errors)) = self else { return nil }
        return errors.map { [$0.type, $0.pointer, $0.text].compactMap(\.self).joined(separator: " ") }
    }

    var error: AdapterError? { if case .failure(let error) = self { error } else { nil } }

    /// The error as `429 TOO_MANY_REQUESTS`.
    var failure: String? { error.map { "\($0.status) \($0.code)" } }
}

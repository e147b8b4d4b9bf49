import DualRun
import GuaranteeClients
import HTTPTransport
import Synchronization
import Translation

/// The clients of both sides, for each user that has a token of their own.
final class CompareClients: Sendable {
    private let sides: SideOptions
    private let transport: HTTPTransport
    private let limits: TransportLimits
    private let codec: ExchangeCodec
    private let pacing: any CallPacing
    private let time: Timekeeper
    private let sources = Mutex<[any TokenSource]>([])

    init(
        _ sides: SideOptions, transport: HTTPTransport, limits: TransportLimits, codec: ExchangeCodec,
        pacing: any CallPacing, time: Timekeeper
    ) {
        self.sides = sides
        self.transport = transport
        self.limits = limits
        self.codec = codec
        self.pacing = pacing
        self.time = time
    }

    /// - Parameter users: those whom the question list names.
    func side(_ api: GuaranteeAPI, users: Set<String>) throws(TokenError) -> DualRunSide {
        guard let base = sides.url(api) else { return .recorded }
        var clients: [String: DualRunClient] = [:]
        // Users whose names lead to one variable are one user, with one lock.
        var known: [String: DualRunClient] = [:]
        for user in users.sorted() where try hasTokens(user) {
            let name = SideOptions.variable("", of: user)
            if let client = known[name] {
                clients[user] = client
                continue
            }
            guard let source = try sides.tokens(api, for: user, over: transport, limits: limits) else {
                throw TokenError(
                    .missing,
                    "\(user) has a token for one side and none for \(api): set "
                        + "\(SideOptions.variable(api == .v1 ? sides.v1TokenEnv : sides.v2TokenEnv, of: user)).")
            }
            let client = client(api, base, source, name)
            known[name] = client
            clients[user] = client
        }
        // Nobody else asks where each question has a user with a token.
        if clients.count < users.count || users.isEmpty || hasDefaultTokens(api),
            let source = try sides.tokens(api, for: nil, over: transport, limits: limits)
        {
            clients[""] = client(api, base, source, "")
        }
        return .live(clients)
    }

    /// Waits until no token is being fetched.
    func settled() async { for source in sources.withLock({ $0 }) { await source.settled() } }

    private func hasTokens(_ user: String) throws(TokenError) -> Bool {
        for api in GuaranteeAPI.allCases {
            if try sides.tokens(api, for: user, over: transport, limits: limits) != nil { return true }
        }
        return false
    }

    private func hasDefaultTokens(_ api: GuaranteeAPI) -> Bool {
        (try? sides.tokens(api, for: nil, over: transport, limits: limits)) != nil
    }

    private func client(
        _ api: GuaranteeAPI, _ base: BaseURL, _ source: any TokenSource, _ user: String
    ) -> DualRunClient {
        sources.withLock { $0.append(source) }
        var options = ClientOptions()
        options.user = user
        options.limits = limits
        let caller = Caller(
            api, at: base, over: transport, tokens: source, pacing: pacing, codec: codec, options: options, time: time,
            logger: Terminal.logger(isVerbose: false))
        return DualRunClient(api == .v1 ? V1Client(caller) : V2Client(caller), user: user)
    }
}

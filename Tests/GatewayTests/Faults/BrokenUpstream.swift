import GuaranteeClients
import HTTPTransport
import NetworkSupport
import Translation

/// Runs a gateway in front of a v2.0 of bare bytes: it does what a script says about the guarantee whose question it reads,
/// and answers about all others.
///
/// - Parameter misbehaving: what is done about each guarantee; it is handed the connection with the question read.
func withBrokenUpstream<Value: Sendable>(
    _ misbehaving: [String: @Sendable (Wire) async throws -> Void], _ flags: [String: String] = [:],
    clock: VirtualClock = VirtualClock(), _ body: @Sendable @escaping (BrokenUpstream) async throws -> Value
) async throws -> Value {
    let asked = Events()
    return try await Server.run { wire in
        while let (head, _) = await wire.request() {
            let grn = String(head.split(separator: "/").dropFirst(3).first ?? "")
            asked.add(grn)
            if let misbehave = misbehaving[grn] {
                try await misbehave(wire)
                // Whoever misbehaves has said all.
                return
            }
            try await wire.answer(BrokenUpstream.answer(about: grn), headers: "Content-Type: application/json\r\n")
        }
    } while: { server in
        let flags = flags.merging(["upstream": "http://127.0.0.1:\(server.port)"]) { first, _ in first }
        return try await withGateway(flags, time: clock.timekeeper) { gateway in
            try await HTTPTransport.withTransport { transport in
                try await body(BrokenUpstream(gateway: gateway, transport: transport, clock: clock, asked: asked))
            }
        }
    }
}

struct BrokenUpstream: Sendable {
    let gateway: RunningGateway
    let transport: HTTPTransport
    let clock: VirtualClock
    /// The guarantees that v2.0 was asked about.
    let asked: Events

    static let failed = #"{"message":"Internal server error","code":"INTERNAL_SERVER_ERROR"}"#
    static let healthy = #"{"response":{"balance":7,"currency":"GBP"}}"#

    static func answer(about grn: String, balance: Int = 7) -> String {
        #"{"_links":{"self":{"href":"/customs/guarantees/\#(grn)/balance"}},"balance":\#(balance),"currency":"GBP"}"#
    }

    func ask(_ grn: String, by token: String = V1Question.clientToken) async throws -> ExchangeResponse {
        try await send(V1Question(grn, accessCode: "AC01").by(token).request)
    }

    func send(_ request: ExchangeRequest) async throws -> ExchangeResponse {
        try await transport.send(request, to: gateway.url, limits: TransportLimits())
    }
}

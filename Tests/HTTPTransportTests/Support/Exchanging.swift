import GuaranteeClients
import HTTPTransport
import NetworkSupport
import Testing
import Translation

/// A question that holds both kinds of secret.
let question = ExchangeRequest(
    method: "POST", path: "/customs/guarantees/23GB0000010000854/balance",
    headers: ["Accept": "application/vnd.hmrc.2.0+json", "Authorization": "Bearer s3cret"],
    body: Array(#"{"accessCode":"AC01"}"#.utf8))

extension Server {
    /// `http://127.0.0.1`, with the port.
    var base: BaseURL { get throws { try BaseURL("http://127.0.0.1:\(port)") } }

    func base(_ host: String) throws -> BaseURL { try BaseURL("https://\(host):\(port)") }
}

/// Sends a question that must fail, and looks at what each failure has in common.
func failure(
    of transport: HTTPTransport, asking base: BaseURL, _ request: ExchangeRequest = question,
    limits: TransportLimits = TransportLimits(), sourceLocation: SourceLocation = #_sourceLocation
) async throws -> TransportError {
    let error = try await #require(throws: TransportError.self, sourceLocation: sourceLocation) {
        try await transport.send(request, to: base, limits: limits)
    }
    #expect(error.message.contains("\(base.host):\(base.port)"), sourceLocation: sourceLocation)
    for secret in ["s3cret", "AC01", "Bearer", "Authorization"] {
        #expect(!"\(error)".contains(secret), sourceLocation: sourceLocation)
    }
    return error
}

/// The failure of a question to a server whose connections do what the script says.
func failure(
    limits: TransportLimits = TransportLimits(), sourceLocation: SourceLocation = #_sourceLocation,
    _ script: @escaping @Sendable (Wire) async throws -> Void
) async throws -> TransportError {
    try await Server.run(script) { server in
        try await HTTPTransport.withTransport { transport in
            try await failure(of: transport, asking: server.base, limits: limits, sourceLocation: sourceLocation)
        }
    }
}

extension TransportLimits {
    /// The usual limits but for some.
    static func usual(_ change: (inout TransportLimits) -> Void) -> TransportLimits {
        var limits = TransportLimits()
        change(&limits)
        return limits
    }
}

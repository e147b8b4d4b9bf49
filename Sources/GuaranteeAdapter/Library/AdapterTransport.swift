/// What carries one HTTP request to v2.0 and brings its answer back: a program's own HTTP client, or that of the product
/// `GuaranteeAdapterHTTP`.
///
/// It makes the call once: it follows no redirect and tries nothing again, for a question that arrived has taken its lock
/// (contract section 5). Where there is no answer it throws any error; `AdapterTransportError` tells more.
public protocol AdapterTransport: Sendable {
    func send(_ request: AdapterRequest) async throws -> AdapterResponse
}

/// A request to v2.0. Its headers hold a token and its body an access code: it is sent, and never logged.
public struct AdapterRequest: Sendable {
    /// `POST`.
    public var method: String
    /// The whole address: `https://api.service.hmrc.gov.uk/customs/guarantees/{grn}/balance`.
    public var url: String
    /// Names and values, in their order.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
}

/// An answer of v2.0.
public struct AdapterResponse: Sendable {
    public var status: Int
    /// Names and values; those of `Content-Type` and `Retry-After` matter.
    public var headers: [(name: String, value: String)]
    /// The whole body, without any content encoding.
    public var body: [UInt8]

    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Why there is no answer.
public struct AdapterTransportError: Error, Sendable {
    /// Whether it is certain that the request never left: then its lock is free.
    public var nothingSent: Bool
    /// What happened; it quotes no header and no body.
    public var message: String

    public init(nothingSent: Bool, message: String) {
        self.nothingSent = nothingSent
        self.message = message
    }
}

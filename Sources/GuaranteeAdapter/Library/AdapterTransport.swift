/// What carries one HTTP request to v2.0 and brings its answer back: a program's own HTTP client, or that of the product
/// `GuaranteeAdapterHTTP`.
///
/// It makes the call once: it follows no redirect and tries nothing again, for a question that arrived has taken its lock
/// (contract section 5). It keeps a time limit of its own: a minute, say. Where there is no answer it throws any error;
/// `AdapterTransportError` tells more.
public protocol AdapterTransport: Sendable {
    /// Sends a request, and waits for the whole answer, whatever its status.
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
    /// JSON in UTF-8.
    public var body: [UInt8]

    public init(method: String, url: String, headers: [(name: String, value: String)] = [], body: [UInt8]) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

extension AdapterRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Method and address, and no header and no body.
    public var description: String { "\(method) \(url)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror {
        Mirror(self, children: ["method": method, "url": url] as KeyValuePairs<String, Any>)
    }
}

/// An answer of v2.0.
public struct AdapterResponse: Sendable {
    /// The HTTP status.
    public var status: Int
    /// Names and values; case makes no difference in names.
    public var headers: [(name: String, value: String)]
    /// The whole body, without any content encoding.
    public var body: [UInt8]

    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension AdapterResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The status alone: v2.0 may repeat an access code in its message.
    public var description: String { "\(status)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["status": status]) }
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

package import Translation

/// What carries one HTTP request to a host and brings its answer back. It retries nothing, follows no redirect, and ends
/// at once when its task is cancelled.
package protocol ExchangeTransport: Sendable {
    /// Sends a request and waits for the whole answer.
    ///
    /// - Parameters:
    ///   - base: scheme, host and port: `https://api.service.hmrc.gov.uk`. The request's path comes behind it.
    ///   - limits: how long each part may take and how large the answer may be.
    func send(_ request: ExchangeRequest, to base: BaseURL, limits: TransportLimits) async throws(TransportError)
        -> ExchangeResponse
}

/// How long an exchange may take and how large its answer may be.
package struct TransportLimits: Sendable, Equatable {
    /// Until the connection stands, TLS included.
    package var connecting: Duration = .seconds(10)
    /// Between two pieces of the answer, and until the first.
    package var reading: Duration = .seconds(30)
    /// From the start to the end of the exchange.
    package var whole: Duration = .seconds(60)
    /// The largest body that is read: bytes.
    package var maximumBody: Int = 1 << 20

    package init() {}
}

/// Why an exchange brought no answer.
package struct TransportError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// No connection: the name is unknown, the port is closed, the time for it is over.
        case notConnected = "not-connected"
        /// TLS was not agreed upon, or the certificate was not trusted.
        case tls
        /// The proxy refused.
        case proxy
        /// The connection ended before the answer did.
        case interrupted
        /// The time for reading, or for the whole, is over.
        case timedOut = "timed-out"
        /// The answer is larger than the limit.
        case tooLarge = "too-large"
        /// What came was not HTTP; or, with nothing sent, what was to be sent.
        case malformed
        case cancelled
    }

    package var code: Code
    /// Whether the request surely never left: what was asked has taken no lock.
    package var nothingSent: Bool
    /// What happened and what to do; it never quotes a header or a body.
    package var message: String

    package init(_ code: Code, nothingSent: Bool, _ message: String) {
        self.code = code
        self.nothingSent = nothingSent
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }
}

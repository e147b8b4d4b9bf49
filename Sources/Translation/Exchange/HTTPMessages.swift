/// An HTTP request to either API, as it goes over the wire (contract sections 3 and 4). It may hold an access code and a
/// token: it is sent, and never shown.
package struct ExchangeRequest: Sendable, Equatable {
    /// `GET` or `POST`.
    package var method: String
    /// The path behind the host, with its query: `/customs/guarantees/balances`.
    package var path: String
    package var headers: HeaderFields
    package var body: [UInt8]

    package init(method: String, path: String, headers: HeaderFields = [:], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}

/// An HTTP answer of either API, as it came over the wire (contract sections 3, 4 and 5).
package struct ExchangeResponse: Sendable, Equatable {
    package var status: Int
    package var headers: HeaderFields
    package var body: [UInt8]

    package init(status: Int, headers: HeaderFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

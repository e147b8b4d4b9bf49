import NIOHTTP1
import Translation

extension HTTPResponseHead {
    /// An answer's head as it goes over the wire. An id, a date or a length that it has of its own stays.
    ///
    /// - Parameters:
    ///   - id: the request's name.
    ///   - mark: whose answer it is.
    ///   - isLast: whether the connection is closed behind it.
    ///   - date: now.
    init(_ response: ExchangeResponse, named id: String, mark: String, isLast: Bool, at date: String) {
        var headers = HTTPHeaders()
        headers.reserveCapacity(response.headers.fields.count + 5)
        for field in response.headers.fields where field.isWellFormed {
            headers.add(name: field.name, value: field.value)
        }
        headers.add(name: "X-NCTSBridge", value: mark)
        if !headers.contains(name: "X-Request-ID") { headers.add(name: "X-Request-ID", value: id) }
        if isLast { headers.add(name: "Connection", value: "close") }
        if !headers.contains(name: "Content-Length") {
            headers.add(name: "Content-Length", value: String(response.body.count))
        }
        if !headers.contains(name: "Date") { headers.add(name: "Date", value: date) }
        self.init(version: .http1_1, status: HTTPResponseStatus(statusCode: response.status), headers: headers)
    }
}

extension HeaderFields.Field {
    /// Whether it can be sent: a token and its value, on one line.
    fileprivate var isWellFormed: Bool {
        !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !Self.separators.contains($0) }
            && value.utf8.allSatisfy { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
    }

    private static let separators = Set("\"(),/:;<=>?@[\\]{}".utf8)
}

import NIOCore
import NIOHTTP1
import Translation

/// A request as it comes in.
struct IncomingRequest {
    let head: HTTPRequestHead
    let id: String
    let start = ContinuousClock.now
    /// The body so far; of one that is too large, no more than shows it.
    private(set) var body: [UInt8] = []

    init(_ head: HTTPRequestHead, id: String) {
        self.head = head
        self.id = id
    }

    mutating func take(_ part: ByteBuffer, upTo limit: Int) {
        if body.count <= limit { body += part.readableBytesView }
    }

    /// Whether its client waits to be told to send the body.
    var waitsToGoOn: Bool {
        head.version == .http1_1
            && head.headers[canonicalForm: "Expect"].contains { $0.lowercased() == "100-continue" }
    }

    /// The request as handlers take it.
    var exchange: ExchangeRequest {
        var request = ExchangeRequest(method: head.method.rawValue, path: path)
        for (name, value) in head.headers { request.headers.append(name, value.withoutSpaceBehind) }
        request.body = body
        return request
    }

    /// Without the host, where the whole address was told (RFC 9112, section 3.2.2).
    private var path: String {
        guard head.uri.utf8.first != UInt8(ascii: "/"),
            let scheme = ["http://", "https://"].first(where: { head.uri.lowercased().hasPrefix($0) })
        else { return head.uri }
        let address = head.uri.dropFirst(scheme.count)
        guard let end = address.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return "/" }
        return (address[end] == "?" ? "/" : "") + address[end...]
    }
}

extension HTTPRequestHead {
    /// Whether the client would go on in something else than HTTP, if it might.
    var asksForAnotherProtocol: Bool {
        method == .CONNECT
            || headers.contains(name: "Upgrade")
                && headers[canonicalForm: "Connection"].contains { $0.lowercased() == "upgrade" }
    }
}

extension String {
    /// White space behind a header's value is none of it.
    fileprivate var withoutSpaceBehind: String {
        guard let last = utf8.last, last == 0x20 || last == 0x09 else { return self }
        let end = utf8.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { utf8.index(after: $0) }
        return String(self[..<(end ?? startIndex)])
    }
}

import Testing

/// An answer as it came over the wire, without its date, the gateway's marks, and what is its connection's.
struct RawAnswer: Sendable, Equatable, CustomStringConvertible {
    var status: Int
    /// Sorted.
    var headers: [String]
    var body: [UInt8]

    init(_ status: Int, _ headers: [String], _ body: [UInt8] = []) {
        self.status = status
        self.headers = headers.sorted()
        self.body = body
    }

    init(_ bytes: [UInt8]) throws {
        let end = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8)), "no head: \(bytes)")
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let status = try #require(Int(lines[0].dropFirst("HTTP/1.1 ".count).prefix(3)))
        let marks = ["date:", "connection:", "x-nctsbridge:", "x-request-id:"]
        let headers = lines.dropFirst().filter { line in !marks.contains { line.lowercased().hasPrefix($0) } }
        self.init(status, headers.map { String($0) }, Array(bytes[end.upperBound...]))
    }

    var description: String { "\(status) \(headers) \(body.count) bytes: \(body.prefix(50))" }
}

/// What v1.0 sends, and what its client is to get.
struct RawAnswerCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var arriving: RawAnswer

    init(
        _ name: String, _ head: String, _ body: [UInt8] = [], as status: Int? = nil, headers: [String]? = nil,
        body arriving: [UInt8]? = nil
    ) {
        testDescription = name
        bytes = Array("HTTP/1.1 \(head.split(separator: "\n").joined(separator: "\r\n"))\r\n\r\n".utf8) + body
        let lines = head.split(separator: "\n").map { String($0) }
        self.arriving = RawAnswer(
            status ?? Int(lines[0].prefix(3)) ?? 0, headers ?? Array(lines.dropFirst()), arriving ?? body)
    }

    static let all = [
        RawAnswerCase("compressed", "200 OK\nContent-Encoding: gzip\nContent-Length: 256", Array(0...255)),
        RawAnswerCase(
            "large", "200 OK\nContent-Type: text/plain\nContent-Length: 1000000",
            Array(repeating: 0xFF, count: 1_000_000)),
        RawAnswerCase("204", "204 No Content\nX-Any: 1"), RawAnswerCase("304", "304 Not Modified\nETag: \"a\""),
        RawAnswerCase("with a status of its own", "299 Fine\nContent-Length: 2", [1, 2]),
        RawAnswerCase("with a redirect", "302 Found\nLocation: http://elsewhere.example/\nContent-Length: 0"),
        RawAnswerCase(
            "with odd headers",
            """
            418 I'm a teapot
            Set-Cookie: a=1; path=/
            set-cookie: b=2
            Empty:\u{20}
            Server: x/1 (y)
            Retry-After: 3
            Cache-Control: no-cache,no-store,max-age=0
            WWW-Authenticate: Bearer realm="é"
            Content-Length: 0
            """),
        RawAnswerCase(
            "after hints",
            "100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\nContent-Length: 1",
            [7], as: 200, headers: ["Content-Length: 1"]),
        RawAnswerCase(
            "in pieces", "200 OK\nTransfer-Encoding: chunked\nX-Any: 1", Array("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n".utf8),
            headers: ["X-Any: 1", "Content-Length: 5"], body: Array("abcde".utf8)),
        RawAnswerCase(
            "with what is its connection's",
            "200 OK\nConnection: keep-alive, X-Hop\nX-Hop: 1\nKeep-Alive: timeout=5\nProxy-Authenticate: Basic\n"
                + "X-Any: 1\nContent-Length: 1", [7], headers: ["X-Any: 1", "Content-Length: 1"]),
    ]
}

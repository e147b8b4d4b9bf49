import GuaranteeClients
import HTTPTransport
import NetworkSupport
import Synchronization
import Testing
import Translation

@Suite(.timeLimit(.minutes(1))) struct `An exchange goes over the wire as it is given` {
    /// What the server was sent for a request, and what the transport made of the answer.
    private func exchange(
        _ request: ExchangeRequest, answer: String
    ) async throws -> (head: String, body: [UInt8], response: ExchangeResponse) {
        let sent = Mutex<(head: String, body: [UInt8])?>(nil)
        let response = try await Server.run { wire in
            let request = await wire.request()
            sent.withLock { $0 = request }
            try await wire.write(answer)
        } while: { server in
            try await HTTPTransport.withTransport { transport in
                let response = try await transport.send(request, to: server.base, limits: TransportLimits())
                sent.withLock { $0?.head.replace(":\(server.port)", with: ":PORT") }
                return response
            }
        }
        let seen = try #require(sent.withLock { $0 })
        return (seen.head, seen.body, response)
    }

    private let empty = "HTTP/1.1 204 No Content\r\n\r\n"

    @Test func `with its headers in their order and spelling, and its body untouched`() async throws {
        var request = question
        request.headers.append("x-Twice", "1")
        request.headers.append("X-TWICE", "2")
        request.body = Array(0...255)
        let sent = try await exchange(request, answer: empty)
        #expect(
            sent.head == """
                POST /customs/guarantees/23GB0000010000854/balance HTTP/1.1\r
                Host: 127.0.0.1:PORT\r
                Accept: application/vnd.hmrc.2.0+json\r
                Authorization: Bearer s3cret\r
                x-Twice: 1\r
                X-TWICE: 2\r
                Content-Length: 256\r
                \r\n
                """)
        #expect(sent.body == Array(0...255))
    }

    @Test func `but for what says where it goes and where it ends`() async throws {
        let headers: HeaderFields = [
            "host": "elsewhere", "content-length": "1", "Transfer-Encoding": "chunked", "A": "b",
        ]
        let sent = try await exchange(ExchangeRequest(method: "GET", path: "/", headers: headers), answer: empty)
        #expect(sent.head == "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nA: b\r\n\r\n")
    }

    @Test func `an empty body has its length told`() async throws {
        let sent = try await exchange(ExchangeRequest(method: "POST", path: "/oauth/token"), answer: empty)
        #expect(sent.head == "POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 0\r\n\r\n")
    }

    @Test(arguments: ["/", "/a/../b", "//a", "/a%2Fb%20c?x=%C3%A9&y=a+b", "/a?", "/a:b@c;d=e,f"])
    func `the path is sent as it is spelled`(path: String) async throws {
        let sent = try await exchange(ExchangeRequest(method: "GET", path: path), answer: empty)
        #expect(sent.head.hasPrefix("GET \(path) HTTP/1.1\r\n"))
    }

    @Test func `a large body arrives whole`() async throws {
        var request = question
        request.body = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        #expect(try await exchange(request, answer: empty).body == request.body)
    }

    @Test func `the answer comes back with its headers in their order and spelling`() async throws {
        let answer = "HTTP/1.1 400 Bad Request\r\nb: 1\r\nA: two\r\nB: 3\r\nContent-Length: 4\r\n\r\n\0\r\n\u{7f}"
        let response = try await exchange(question, answer: answer).response
        #expect(response.status == 400)
        #expect(response.headers == ["b": "1", "A": "two", "B": "3", "Content-Length": "4"])
        #expect(response.body == [0, 13, 10, 127])
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{\"\r\n3\r\na\":\r\n2\r\n1}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n{\"a\":1}",
        "HTTP/1.0 200 OK\r\n\r\n{\"a\":1}",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
    ])
    func `an answer is read in each of HTTP's ways`(answer: String) async throws {
        let response = try await exchange(question, answer: answer).response
        #expect(response.status == 200)
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"a":1}"#)
        #expect(response.headers["Link"] == nil)
    }

    @Test func `head and body arrive together`() async throws {
        let first = Mutex<[UInt8]?>(nil)
        _ = try await Server.run { wire in
            let bytes = await wire.bytes()
            first.withLock { $0 = bytes }
            try await wire.answer()
        } while: { server in
            try await HTTPTransport.withTransport {
                try await $0.send(question, to: server.base, limits: TransportLimits())
            }
        }
        let text = String(decoding: try #require(first.withLock { $0 }), as: UTF8.self)
        #expect(text.hasPrefix("POST ") && text.hasSuffix("\r\n\r\n{\"accessCode\":\"AC01\"}"))
    }

    @Test func `a body that is more than may wait is sent all the same`() async throws {
        var request = question
        request.body = [UInt8](repeating: 0x78, count: 3 << 20)
        #expect(try await exchange(request, answer: empty).body == request.body)
    }

    @Test func `an answer that is compressed, unasked, is not unpacked`() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"
        let response = try await exchange(question, answer: answer).response
        #expect(response.headers["content-encoding"] == "gzip")
        #expect(response.body == Array("abc".utf8))
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is an answer`(status: Int) async throws {
        let answer = "HTTP/1.1 \(status) Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
        let sent = try await exchange(question, answer: answer)
        #expect(sent.response.status == status)
        #expect(sent.response.headers["Location"] == "/elsewhere")
    }
}

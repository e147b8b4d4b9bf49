import Foundation
import GuaranteeClients
import NetworkSupport
import Synchronization
import Testing

/// Bytes to a mirror and from it, beside those that its v1.0 gets and sends.
@Suite(.timeLimit(.minutes(1))) struct `A mirror passes on` {
    private struct Passed {
        /// What the client got until the mirror closed its connection.
        var answer: RawAnswer
        var bytes: [UInt8]
        /// What v1.0 got.
        var requests: [(head: [String], body: [UInt8])]
    }

    /// Sends bytes to a mirror whose v1.0 answers with others.
    private func pass(_ sent: [UInt8], answer: @escaping @Sendable (String) -> [UInt8]) async throws -> Passed {
        let requests = Mutex<[(head: [String], body: [UInt8])]>([])
        let received = try await Server.run { wire in
            while let request = await wire.request() {
                let head = request.head.split(separator: "\r\n").map { String($0) }.filter { !$0.hasPrefix("Host:") }
                requests.withLock { $0.append((head, request.body)) }
                try await wire.write(answer(request.head))
            }
        } while: { server in
            let primary = try BaseURL("http://127.0.0.1:\(server.port)")
            return try await MirrorFixture().run(primary: primary, shadow: MirrorFixture.nobody()) { mirror in
                let wire = try await Wire.connected(to: mirror.gateway.port)
                try await wire.write(sent)
                return await wire.rest()
            }
        }
        return Passed(answer: try RawAnswer(received), bytes: received, requests: requests.withLock { $0 })
    }

    private static let last = Array("GET /last HTTP/1.1\r\nHost: mirror\r\nConnection: close\r\n\r\n".utf8)
    private static let nothing = Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8)

    @Test func `path, query, headers and body of a request`() async throws {
        let sent = """
            PUT /any//thing%20else/;v=1/?a=b%2Bc&d=%C3%A9&&e=/?:@ HTTP/1.1\r
            Host: mirror\r
            X-Odd: "quoted, text"; q=1\r
            x-twice: 1\r
            X-TWICE: 2\r
            Empty:\r
            Cookie: a=1; b=2\r
            Content-Encoding: gzip\r
            Accept-Encoding: br;q=0.1, *\r
            Connection: X-Hop, close\r
            x-hop: of this connection alone\r
            TE: trailers\r
            Proxy-Authorization: Basic eA==\r
            Content-Length: 256\r
            \r\n
            """
        let passed = try await pass(Array(sent.utf8) + Array(0...255)) { _ in Self.nothing }
        #expect(passed.answer.status == 200)
        let request = try #require(passed.requests.first)
        #expect(request.body == Array(0...255))
        #expect(
            request.head == [
                "PUT /any//thing%20else/;v=1/?a=b%2Bc&d=%C3%A9&&e=/?:@ HTTP/1.1", "X-Odd: \"quoted, text\"; q=1",
                "x-twice: 1", "X-TWICE: 2", "Empty: ", "Cookie: a=1; b=2", "Content-Encoding: gzip",
                "Accept-Encoding: br;q=0.1, *", "Content-Length: 256",
            ])
    }

    @Test(arguments: RawAnswerCase.all) func `an answer`(answer: RawAnswerCase) async throws {
        let passed = try await pass(Self.last) { _ in answer.bytes }
        #expect(passed.answer == answer.arriving)
        #expect(passed.requests.count == 1)
    }

    @Test func `the day that v1.0 gave its answer`() async throws {
        let date = "Date: Mon, 01 Jan 2024 00:00:00 GMT"
        let passed = try await pass(Self.last) { _ in
            Array("HTTP/1.1 200 OK\r\n\(date)\r\nContent-Length: 0\r\n\r\n".utf8)
        }
        let head = String(decoding: passed.bytes, as: UTF8.self)
        #expect(
            head.split(separator: "\r\n").filter { $0.lowercased().contains("date") } == [
                "Date: Mon, 01 Jan 2024 00:00:00 GMT"
            ])
    }

    @Test func `a long answer`() async throws {
        let passed = try await pass(Self.last) { _ in
            Array("HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n".utf8)
                + [UInt8](repeating: 0x61, count: 3_000_000)
        }
        #expect(passed.answer.body.count == 3_000_000)
    }

    @Test func `how long the body is that a client does not ask for`() async throws {
        let head = Array("HEAD /first HTTP/1.1\r\nHost: mirror\r\n\r\n".utf8)
        let passed = try await pass(head + Self.last) { head in
            head.hasPrefix("HEAD")
                ? Array("HTTP/1.1 200 OK\r\nX-Any: 1\r\nContent-Length: 5\r\n\r\n".utf8) : Self.nothing
        }
        #expect(passed.requests.map(\.head.first) == ["HEAD /first HTTP/1.1", "GET /last HTTP/1.1"])
        #expect(passed.answer.headers == ["Content-Length: 5", "X-Any: 1"])
        // What follows is the answer to the next request, and no body.
        #expect(passed.answer.body.starts(with: Array("HTTP/1.1 200 OK\r\n".utf8)))
    }

    @Test(arguments: ["//host/x", "/a?x=1&&=", "/%C3%A9/%7C", "/~*'()!$,;:@"])
    func `odd paths`(path: String) async throws {
        let passed = try await pass(Array("GET \(path) HTTP/1.1\r\nHost: m\r\nConnection: close\r\n\r\n".utf8)) { _ in
            Self.nothing
        }
        #expect(passed.answer.status == 200)
        #expect(passed.requests.map(\.head.first) == ["GET \(path) HTTP/1.1"])
    }

    @Test(arguments: ["GET /a|b", "GET /a%zz", "GET /a?x=[1]", "GET /a?{x}", "GET /a\\b", "get /a", "OPTIONS *"])
    func `nothing of what HTTP can't carry, and says that it is no request`(line: String) async throws {
        let passed = try await pass(Array("\(line) HTTP/1.1\r\nHost: m\r\nConnection: close\r\n\r\n".utf8)) { _ in
            Self.nothing
        }
        #expect(passed.answer.status == 400)
        #expect(passed.requests.isEmpty)
    }
}

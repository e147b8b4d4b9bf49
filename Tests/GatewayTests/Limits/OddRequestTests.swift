import NetworkSupport
import Simulator
import Testing
import Translation

/// Over connections that stay: what is said in an odd way must not be taken for the beginning of something else.
@Suite(.timeLimit(.minutes(2))) struct `Requests that are odd` {
    private static let good = V1Question.published

    /// Sends bytes on a connection of their own, and hands over the answer and what comes behind it.
    private func answer(
        to bytes: [UInt8], hasBody: Bool = true, from served: ServedGateway
    ) async throws -> (answer: WireAnswer?, rest: String) {
        let client = try await RawClient.connect(to: served.gateway.port)
        try await client.send(bytes)
        try? await client.sendEnd()
        let answer = await client.answer(hasBody: hasBody)
        return (answer, String(decoding: await client.rest(), as: UTF8.self))
    }

    private func answer(to text: String, from served: ServedGateway) async throws -> WireAnswer? {
        try await answer(to: Array(text.utf8), from: served).answer
    }

    @Test func `by another method are unknown, and none of them spoils the connection`() async throws {
        try await withServedGateway { served in
            let client = try await RawClient.connect(to: served.gateway.port)
            for method in ["HEAD", "PUT", "OPTIONS", "PATCH", "DELETE", "TRACE", "PURGE", "PROPFIND", "HEAD", "GET"] {
                var request = Self.good.request
                request.method = method
                try await client.send(request.raw)
                let answer = try #require(await client.answer(hasBody: method != "HEAD"))
                #expect(answer.status == 404)
                #expect(answer["X-NCTSBridge"] == "gateway/test")
                let body = #"{"statusCode":404,"message":"URI not found","requested":"/customs/guarantees/balances"}"#
                #expect(answer["Content-Length"] == "\(body.utf8.count)")
                #expect(answer.text == (method == "HEAD" ? "" : body))
            }
            try await client.send(Self.good.request.raw)
            #expect(await client.answer()?.text == V1Question.publishedAnswer)
        }
    }

    @Test(arguments: [
        ("CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: x\r\n\r\n", 404), ("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        ("GET /customs/guarantees/23GB0000010000854/balance HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        ("POST /customs/guarantees/23GB0000010000854/balance HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        ("POST /oauth/token HTTP/1.1\r\nHost: x\r\n\r\n", 404), ("GET /simulator/log HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        ("GET /_bridge/ HTTP/1.1\r\nHost: x\r\n\r\n", 404), ("GET / HTTP/1.1\r\n\r\n", 404),
        ("GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", 404), ("GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        ("BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 400), ("GET / HTTP/3.0\r\n\r\n", 400), ("GET /\r\n\r\n", 400),
        ("GET /\u{0}x HTTP/1.1\r\nHost: x\r\n\r\n", 400), ("GET / HTTP/1.1\r\nX: a\u{0}b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nX Y: a\r\n\r\n", 400), ("GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400), ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}", 400), ("\r\n\r\nx\r\n\r\n", 400),
    ])
    func `get no further than to their refusal`(request: String, status: Int) async throws {
        try await withServedGateway { served in
            let answer = try await self.answer(to: request, from: served)
            #expect(answer?.status == status)
            #expect(answer?["X-NCTSBridge"] == "gateway/test")
            #expect(answer?["X-Request-ID"]?.count == 16)
            #expect(await served.simulator.log.count == 0)
        }
    }

    @Test func `of two lengths, or of a length and chunks, are refused: nothing of them is another request`()
        async throws
    {
        let smuggled = V1Question("23GB0000010000863", tin: "GB954131533000", accessCode: "AC01").request.raw
        try await withServedGateway { served in
            for headers in [
                "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5, 6", "Content-Length: +5",
                "Transfer-Encoding: chunked\r\nContent-Length: 5", "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: xchunked", "Content-Length: 5 5", "Content-Length: 0x5",
            ] {
                let head = "POST \(V1Question.path) HTTP/1.1\r\nHost: x\r\n\(headers)\r\n\r\n0\r\n\r\n"
                let (answer, rest) = try await self.answer(to: Array(head.utf8) + smuggled, from: served)
                #expect(answer?.status == 400, "\(headers)")
                #expect(rest.isEmpty, "\(headers): \(rest)")
            }
            #expect(await served.simulator.log.count == 0)
        }
    }

    @Test func `in chunks, with the address of the whole, or in one go are answered`() async throws {
        try await withServedGateway { served in
            let chunked = try await self.answer(to: Self.good.by("1").request.chunked, from: served)
            #expect(chunked.answer?.text == V1Question.publishedAnswer)
            var absolute = Self.good.by("2").request
            absolute.path = "http://gateway.test\(absolute.path)"
            #expect(try await self.answer(to: absolute.raw, from: served).answer?.text == V1Question.publishedAnswer)
            var asked = Self.good.by("3").request
            asked.path += "?a=1"
            #expect(try await self.answer(to: asked.raw, from: served).answer?.text == V1Question.publishedAnswer)
            let client = try await RawClient.connect(to: served.gateway.port)
            let questions = (0..<20).map { Self.good.by("pipelined-\($0)").request.raw }
            try await client.send(Array(questions.joined()))
            for _ in questions { #expect(await client.answer()?.text == V1Question.publishedAnswer) }
        }
    }

    @Test(arguments: [
        ("http://gateway.test", "/"), ("HTTPS://gateway.test/a/b?c=/d", "/a/b"), ("http://gateway.test?a", "/"),
        ("http://[::1]:80/x", "/x"), ("/http://x/y", "/http://x/y"), ("*", "*"),
    ])
    func `with the address of the whole are taken by their path`(address: String, path: String) async throws {
        try await withServedGateway { served in
            let answer = try await self.answer(to: "GET \(address) HTTP/1.1\r\nHost: x\r\n\r\n", from: served)
            #expect(answer?.text.contains("\"requested\":\"\(path)\"") == true)
        }
    }

    @Test func `one behind the other, by the thousand, are answered in their order`() async throws {
        try await withServedGateway { served in
            let client = try await RawClient.connect(to: served.gateway.port)
            var bytes: [UInt8] = []
            for number in 0..<5_000 {
                // Some have to wait for v2.0, and what is behind them for them.
                bytes +=
                    number % 500 == 7
                    ? Self.good.by("\(number)").request.raw
                    : Array("GET /\(number) HTTP/1.1\r\n\r\n".utf8)
            }
            try await client.send(bytes)
            try await client.sendEnd()
            for number in 0..<5_000 {
                let text = await client.answer()?.text ?? ""
                let isRight =
                    number % 500 == 7
                    ? text == V1Question.publishedAnswer : text.contains("\"requested\":\"/\(number)\"")
                try #require(isRight, "\(number): \(text)")
            }
            #expect(await client.rest().isEmpty)
        }
    }

    @Test(arguments: ["GET / HTTP/1.1\r\nX Y: a\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab"])
    func `behind others that are good spoil none of them`(bad: String) async throws {
        try await withServedGateway { served in
            let client = try await RawClient.connect(to: served.gateway.port)
            let good = (0..<3).flatMap { Self.good.by("\($0)").request.raw }
            try await client.send(good + Array(bad.utf8))
            try await client.sendEnd()
            for _ in 0..<3 { #expect(await client.answer()?.text == V1Question.publishedAnswer) }
            #expect(await client.answer()?.status == 400)
            #expect(await client.rest().isEmpty)
        }
    }

    @Test(arguments: ["more\r\n\r\n", "GET / HTTP/1.1\r\n\r\n"])
    func `and what comes behind what is no HTTP does not either`(more: String) async throws {
        let clock = VirtualClock()
        let scenario = "guarantees: [{grn: 24GB0000020000113, balance: 1, v2: {delay: 5}}]"
        try await withServedGateway(scenario, clock: clock) { served in
            let client = try await RawClient.connect(to: served.gateway.port)
            try await client.send(V1Question("24GB0000020000113", accessCode: "AC01").request.raw)
            try await eventually("it is under way") { await served.calls(about: "24GB0000020000113") == 1 }
            for part in ["\u{1}\u{2}\r\n\r\n", more, more] {
                try await client.send(part)
                try await Task.sleep(for: .milliseconds(50))
            }
            try await clock.advance(by: .seconds(5))
            #expect(await client.answer()?.text == #"{"response":{"balance":1,"currency":"GBP"}}"#)
            #expect(await client.answer()?.status == 400)
            #expect(await client.rest().isEmpty)
        }
    }

    @Test func `that wait are not put any more once their client has gone`() async throws {
        let clock = VirtualClock()
        let scenario = "guarantees: [{grn: 24GB0000020000113, balance: 1, v2: {delay: 5}}]"
        try await withServedGateway("published: true\n" + scenario, clock: clock) { served in
            let client = try await Wire.connected(to: served.gateway.port)
            let slow = V1Question("24GB0000020000113", accessCode: "AC01")
            try await client.write(slow.request.raw + (0..<20).flatMap { Self.good.by("\($0)").request.raw })
            try await eventually("it is under way") { await served.calls(about: slow.grn) == 1 }
            try await client.reset()
            try await Task.sleep(for: .milliseconds(500))
            try await clock.advance(by: .seconds(5))
            // That one was asked, and none behind it.
            let answer = try await served.send(Self.good.request)
            #expect(answer.text == V1Question.publishedAnswer)
            #expect(await served.calls(about: Self.good.grn) == 1)
        }
    }

    @Test(arguments: [
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
        "Connection: keep-alive\r\nConnection: upgrade\r\nUpgrade: websocket\r\n",
    ])
    func `for another protocol are answered in HTTP, the last of their connection`(headers: String) async throws {
        try await withServedGateway { served in
            let text = String(decoding: Self.good.request.raw, as: UTF8.self)
                .replacing("HTTP/1.1\r\n", with: "HTTP/1.1\r\n\(headers)")
            let client = try await RawClient.connect(to: served.gateway.port)
            try await client.send(text)
            let answer = try #require(await client.answer())
            #expect(answer.text == V1Question.publishedAnswer)
            #expect(answer["Connection"] == "close")
            #expect(await client.rest().isEmpty)
        }
    }

    @Test func `for another protocol have nothing kept that comes behind them`() async throws {
        try await withServedGateway("published: true", ["limits.request-seconds": "1"]) { served in
            let client = try await RawClient.connect(to: served.gateway.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n")
            let much = [UInt8](repeating: 0x78, count: 1 << 20)
            var sent = 0
            // It is not read: at some point no more can be sent, and then the connection ends.
            do { while sent < 1000 { sent += 1; try await client.send(much) } } catch {}
            #expect(sent < 1000)
            #expect(try await served.send(Self.good.request).text == V1Question.publishedAnswer)
        }
    }

    @Test func `without a body are bad JSON, as v1.0 had it`() async throws {
        try await withServedGateway { served in
            var request = Self.good.request
            request.body = []
            let answer = try #require(try await self.answer(to: request.raw, from: served).answer)
            #expect(answer.status == 400)
            #expect(answer.text.hasPrefix(#"{"statusCode":400,"message":"Invalid Json: "#))
        }
    }

    @Test func `that wait to be told to go on are told so`() async throws {
        try await withServedGateway { served in
            var request = Self.good.request
            request.headers["Expect"] = "100-continue"
            let bytes = request.raw
            let client = try await RawClient.connect(to: served.gateway.port)
            try await client.send(Array(bytes.dropLast(request.body.count)))
            #expect(await client.answer()?.status == 100)
            try await client.send(request.body)
            #expect(await client.answer()?.text == V1Question.publishedAnswer)
        }
    }

    @Test(arguments: ["HTTP/1.0\r\n", "HTTP/1.1\r\nConnection: Close\r\n", "HTTP/1.1\r\nConnection: x, close\r\n"])
    func `by who does not keep the connection are answered, and it is closed`(version: String) async throws {
        try await withServedGateway { served in
            let text = String(decoding: Self.good.request.raw, as: UTF8.self)
            let client = try await RawClient.connect(to: served.gateway.port)
            try await client.send(text.replacing("HTTP/1.1\r\n", with: version))
            let answer = try #require(await client.answer())
            #expect(answer.text == V1Question.publishedAnswer)
            #expect(answer["Connection"] == "close")
            #expect(await client.rest().isEmpty)
        }
    }
}

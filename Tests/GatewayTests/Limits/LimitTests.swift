import GuaranteeClients
import NetworkSupport
import Simulator
import Testing
import Translation

@Suite(.timeLimit(.minutes(2))) struct `What is beyond a limit is refused, and the rest goes on` {
    private static let good = V1Question.published
    private static let tooLarge = #"{"statusCode":413,"message":"Request Entity Too Large"}"#
    private static let busy = #"{"message":"The gateway has too much to do","code":"SERVER_ERROR"}"#

    /// A good question with a body of so many bytes.
    private func padded(to length: Int) -> ExchangeRequest {
        var request = Self.good.request
        request.body += [UInt8](repeating: 0x20, count: length - request.body.count)
        return request
    }

    private func expectMarked(_ answer: WireAnswer, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(answer["X-NCTSBridge"] == "gateway/test", sourceLocation: sourceLocation)
        #expect(answer["X-Request-ID"]?.count == 16, sourceLocation: sourceLocation)
    }

    private func expectBusy(_ answer: WireAnswer?, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let answer = try #require(answer, sourceLocation: sourceLocation)
        #expect(answer.status == 503, sourceLocation: sourceLocation)
        #expect(answer["Retry-After"] == "1", sourceLocation: sourceLocation)
        #expect(answer.text == Self.busy, sourceLocation: sourceLocation)
        expectMarked(answer, sourceLocation: sourceLocation)
    }

    @Test(arguments: [102_400, 2048]) func `a body, told or in chunks`(limit: Int) async throws {
        try await withServedGateway("published: true", ["limits.body": "\(limit)"]) { served in
            let client = try await RawClient.connect(to: served.gateway.port)
            try await client.send(padded(to: limit + 1).raw)
            let told = try #require(await client.answer())
            #expect(told.status == 413)
            #expect(told.text == Self.tooLarge)
            expectMarked(told)
            try await client.send(padded(to: limit + 1).chunked)
            #expect(await client.answer()?.status == 413)
            try await client.send(padded(to: 30 * limit).raw)
            #expect(await client.answer()?.status == 413)
            // On the same connection, and as large as may be.
            try await client.send(padded(to: limit).raw)
            #expect(await client.answer()?.text == V1Question.publishedAnswer)
        }
    }

    @Test func `headers, one or all together`() async throws {
        try await withServedGateway("published: true", ["limits.headers": "2048"]) { served in
            var one = Self.good.request
            one.headers.append("X-Large", String(repeating: "x", count: 2048))
            var all = Self.good.request
            for number in 0..<30 { all.headers.append("X-Small-\(number)", String(repeating: "x", count: 80)) }
            for request in [one, all] {
                let client = try await RawClient.connect(to: served.gateway.port)
                try await client.send(request.raw)
                let answer = try #require(await client.answer())
                #expect(answer.status == 431)
                #expect(answer["Connection"] == "close")
                expectMarked(answer)
                #expect(await client.rest().isEmpty)
            }
            #expect(try await served.send(Self.good.request).text == V1Question.publishedAnswer)
        }
    }

    @Test func `but many small headers are none`() async throws {
        try await withServedGateway { served in
            var request = Self.good.request
            for number in 0..<900 { request.headers.append("X-\(number)", "x") }
            let answer = try await served.send(request)
            #expect(answer.text == V1Question.publishedAnswer)
        }
    }

    @Test func `connections`() async throws {
        try await withServedGateway("published: true", ["limits.connections": "4", "limits.request-seconds": "100"]) {
            served in
            // Each is there for sure once it is answered.
            var idle: [RawClient] = []
            for number in 0..<4 {
                idle.append(try await RawClient.connect(to: served.gateway.port))
                try await idle[number].send(Self.good.by("idle-\(number)").request.raw)
                #expect(await idle[number].answer()?.text == V1Question.publishedAnswer)
            }
            // As many again are told so, and closed once they have said all.
            for body in [200, 200, 90_000] {
                let client = try await RawClient.connect(to: served.gateway.port)
                try await client.send(padded(to: body).raw)
                try expectBusy(await client.answer())
                #expect(await client.rest().isEmpty)
            }
            // Also who says what is no HTTP.
            let odd = try await RawClient.connect(to: served.gateway.port)
            try await odd.send("\u{1}\r\n\r\n")
            try expectBusy(await odd.answer())
            for number in 4..<8 {
                idle.append(try await RawClient.connect(to: served.gateway.port))
                try await idle[number].send(Array(padded(to: 200).raw.dropLast()))
                try expectBusy(await idle[number].answer())
            }
            // More are closed.
            let client = try await RawClient.connect(to: served.gateway.port)
            try? await client.send(Self.good.request.raw)
            #expect(await client.answer() == nil)
            for client in idle { try? await client.close() }
            try await eventually("there is room again") {
                let client = try await RawClient.connect(to: served.gateway.port)
                try? await client.send(Self.good.request.raw)
                let answer = await client.answer()
                try? await client.close()
                return answer?.text == V1Question.publishedAnswer
            }
        }
    }

    @Test func `requests that are answered at once`() async throws {
        let clock = VirtualClock()
        let scenario = "published: true\nguarantees: [{grn: 24GB0000020000113, balance: 1, v2: {delay: 5}}]"
        let slow = V1Question("24GB0000020000113", accessCode: "AC01")
        try await withServedGateway(scenario, ["limits.in-flight": "3"], clock: clock) { served in
            try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<3 {
                    group.addTask { try await served.sendNow(slow.by("client-\(number)").request).text }
                }
                try await eventually("they are under way") { await served.calls(about: slow.grn) == 3 }
                let client = try await RawClient.connect(to: served.gateway.port)
                for _ in 0..<3 {
                    try await client.send(Self.good.request.raw)
                    try expectBusy(await client.answer())
                }
                try await clock.advance(by: .seconds(5))
                for try await text in group { #expect(text == #"{"response":{"balance":1,"currency":"GBP"}}"#) }
                // The connection is still good, and nothing was locked.
                try await client.send(Self.good.request.raw)
                #expect(await client.answer()?.text == V1Question.publishedAnswer)
            }
        }
    }

    @Test func `but who has not said all of a request is in nobody's way`() async throws {
        try await withServedGateway("published: true", ["limits.in-flight": "1", "limits.request-seconds": "100"]) {
            served in
            var slow: [RawClient] = []
            for _ in 0..<10 {
                let client = try await RawClient.connect(to: served.gateway.port)
                try await client.send(Array(Self.good.by("slow").request.raw.dropLast()))
                slow.append(client)
            }
            #expect(try await served.send(Self.good.request).text == V1Question.publishedAnswer)
            try await slow[0].send("}")
            #expect(await slow[0].answer()?.text == V1Question.publishedAnswer)
            for client in slow { try? await client.close() }
        }
    }
}

extension ExchangeRequest {
    /// The request as bytes of HTTP, its body in chunks of a kilobyte.
    var chunked: [UInt8] {
        var request = self
        request.headers["Transfer-Encoding"] = "chunked"
        request.body = []
        var bytes = request.raw
        for start in stride(from: 0, to: body.count, by: 1024) {
            let chunk = body[start..<min(start + 1024, body.count)]
            bytes += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
        }
        return bytes + Array("0\r\n\r\n".utf8)
    }
}

import NetworkSupport
import Testing
import Translation

extension UnderLoad {
    @Suite(.timeLimit(.minutes(4))) struct `Clients that are slow are left, and hold up nobody` {
        /// How they are slow: what they send at once, and what byte by byte.
        struct Manner: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var atOnce: [UInt8]
            var slowly: [UInt8]

            init(_ name: String, _ bytes: [UInt8], from place: Int) {
                testDescription = name
                atOnce = Array(bytes.prefix(place))
                slowly = Array(bytes.dropFirst(place))
            }
        }

        private static let good = V1Question.published
        private static let question = good.by("slow").request.raw
        private static let bodyStart = question.count - good.request.body.count

        private static let manners = [
            Manner("with the first line", question, from: 0),
            Manner("with a header", question, from: 60),
            Manner("with the body", question, from: bodyStart + 3),
            Manner("with the last byte", question, from: question.count - 1),
            Manner("with a chunk", good.by("slow").request.chunked, from: question.count),
            Manner(
                "with an endless header", Array("GET / HTTP/1.1\r\nX: ".utf8) + [UInt8](repeating: 0x78, count: 500),
                from: 0),
        ]

        /// Sends byte by byte until the connection is closed.
        ///
        /// - Returns: whether it was, before the last of them.
        private func isLeft(_ client: RawClient, sending bytes: [UInt8], every pause: Duration) async throws -> Bool {
            for byte in bytes {
                try await Task.sleep(for: pause)
                do { try await client.send([byte]) } catch { return true }
            }
            return false
        }

        @Test(arguments: manners) func `a byte now and then`(manner: Manner) async throws {
            try await withServedGateway("published: true", ["limits.request-seconds": "1"]) { served in
                let client = try await RawClient.connect(to: served.gateway.port)
                try? await client.send(manner.atOnce)
                // All of it would take four times as long as it may.
                let pause = Duration.seconds(4) / manner.slowly.count
                let isLeft = try await self.isLeft(client, sending: manner.slowly, every: pause)
                let heard = String(decoding: await client.rest(), as: UTF8.self)
                #expect(isLeft || heard.isEmpty)
                #expect(!heard.contains(" 200 "))
                let healthy = try await served.send(Self.good.request)
                #expect(healthy.text == V1Question.publishedAnswer)
            }
        }

        @Test func `nothing at all, from the beginning or after an answer`() async throws {
            let flags = ["limits.request-seconds": "1", "limits.idle-seconds": "1"]
            try await withServedGateway("published: true", flags) { served in
                let silent = try await RawClient.connect(to: served.gateway.port)
                #expect(await silent.rest().isEmpty)
                let done = try await RawClient.connect(to: served.gateway.port)
                try await done.send(Self.good.request.raw)
                #expect(await done.answer()?.text == V1Question.publishedAnswer)
                #expect(await done.rest().isEmpty)
            }
        }

        @Test func `but not who waits for its answer`() async throws {
            let clock = VirtualClock()
            let scenario = "guarantees: [{grn: 24GB0000020000113, balance: 1, v2: {delay: 5}}]"
            let flags = ["limits.request-seconds": "1", "limits.idle-seconds": "1"]
            try await withServedGateway(scenario, flags, clock: clock) { served in
                let client = try await RawClient.connect(to: served.gateway.port)
                let question = V1Question("24GB0000020000113", accessCode: "AC01").request.raw
                // The second waits behind the first, for which it takes its time.
                try await client.send(question + V1Question("24GB0000020000122", accessCode: "AC01").request.raw)
                try await eventually("it is under way") { await served.calls(about: "24GB0000020000113") == 1 }
                try await Task.sleep(for: .milliseconds(1500))
                try await clock.advance(by: .seconds(5))
                #expect(await client.answer()?.text == #"{"response":{"balance":1,"currency":"GBP"}}"#)
                #expect(await client.answer()?.status == 400)
            }
        }

        @Test func `those that don't take their answers`() async throws {
            try await withServedGateway("published: true", ["limits.request-seconds": "1"]) { served in
                let client = try await RawClient.connect(to: served.gateway.port, reads: false)
                // Each answer repeats the path: they pile up.
                let request = "GET /\(String(repeating: "x", count: 8000)) HTTP/1.1\r\nHost: x\r\n\r\n"
                let many = Array(String(repeating: request, count: 50).utf8)
                var isLeft = false
                for _ in 0..<1000 where !isLeft {
                    do { try await client.send(many) } catch { isLeft = true }
                }
                #expect(isLeft)
                #expect(try await served.send(Self.good.request).text == V1Question.publishedAnswer)
            }
        }

        @Test func `a thousand at once`() async throws {
            try #require(OpenFiles.limit >= 2_500, "1,000 connections take 2,000 open files: allow them with ulimit -n")
            let flags = ["limits.request-seconds": "2", "limits.idle-seconds": "2"]
            try await withServedGateway("published: true", flags, clock: nil) { served in
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 0..<1_000 {
                        let manner = Self.manners[number % Self.manners.count]
                        group.addTask {
                            let client = try await RawClient.connect(to: served.gateway.port)
                            try? await client.send(manner.atOnce)
                            // Until it is closed, whatever comes.
                            let endless = [UInt8](repeating: 0x78, count: 100)
                            let bytes = manner.slowly.count < 20 ? [] : manner.slowly + endless
                            if try await self.isLeft(client, sending: bytes, every: .milliseconds(500)) { return true }
                            return await client.rest().isEmpty
                        }
                    }
                    for number in 0..<200 {
                        let question = Self.good.by("healthy-\(number)")
                        let answer = try await served.sendNow(question.request)
                        #expect(answer.text == V1Question.publishedAnswer)
                    }
                    var left = 0
                    for try await isLeft in group where isLeft { left += 1 }
                    #expect(left == 1_000)
                }
            }
        }
    }
}

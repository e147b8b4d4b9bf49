import NetworkSupport
import Synchronization
import TestSupport
import Testing
import Translation

extension UnderLoad {
    @Suite(.timeLimit(.minutes(4))) struct `10,000 requests that are malformed` {
        private static let count = 10_000
        private static let healthy = 400
        private static let code = "Vq8z"
        private static let token = "s3cret-bearer-token-0815"

        private static let good = V1Question("23GB0000010000854", tin: "GB954131533000", accessCode: code).by(token)

        /// Requests that are right, to be spoiled.
        private static let models: [[UInt8]] = [
            good.request.raw, good.request.chunked,
            good.state(at: V1Question.path + "/b4f4a5c0-9f0e-4c2e-9d2a-0f5a7f0c9e11").raw,
            XMLQuery.request(XMLQuery(good.grn, accessCode: code).text, token: token).raw,
            good.request.raw + good.request.raw,
        ]

        /// What strings and numbers of HTTP, JSON and XML are spoiled with.
        private static let pieces: [[UInt8]] =
            [
                "\0", "\r\n", "\r\n\r\n", "\n", "\r", ":", " ", "\t", "é", "%", "%00", "%zz", "/../", "//", "?", "#",
                "\"",
                "\\u0000", "\\ud800", "{", "}",
                "[", "]]>", "<!--", "<![CDATA[", "<!DOCTYPE x>", "&x;", "&#0;", "&#xD800;", "-1", "1e999", "0x10",
                "99999999999999999999", "chunked",
                "Content-Length: 7\r\n", "Transfer-Encoding: chunked\r\n", "Expect: 100-continue\r\n",
                "Connection: close\r\n", "Upgrade: h2c\r\n",
                "HTTP/1.0", "HTTP/9.9", "0\r\n\r\n", "ffffffffffffffff\r\n", "Authorization: Bearer x\r\n",
                "Host: a\r\n",
                "application/xml",
            ].map { Array($0.utf8) } + [[0xFF], [0xFE, 0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x80]]

        /// Something that is no good request, most of the time.
        private static func request(_ random: inout SeededRandom) -> [UInt8] {
            if random.chance(10) { return (0..<random.int(in: 1...400)).map { _ in UInt8(random.below(256)) } }
            var bytes = random.pick(models)
            for _ in 0..<random.int(in: 1...6) {
                let place = random.below(bytes.count)
                let end = min(place + random.int(in: 1...30), bytes.count)
                switch random.below(7) {
                case 0: bytes[place] = UInt8(random.below(256))
                case 1: bytes.insert(contentsOf: random.pick(pieces), at: place)
                case 2: bytes.replaceSubrange(place..<end, with: random.pick(pieces))
                case 3: bytes.removeSubrange(place..<end)
                case 4: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count))
                case 5: bytes.removeLast(bytes.count - max(place, 1))
                default: bytes[place] ^= 1 << UInt8(random.below(8))
                }
                if bytes.isEmpty { bytes = [0] }
            }
            return bytes
        }

        /// What is wrong with what came back; nil where nothing is.
        private static func complaint(about answers: [WireAnswer], rest: [UInt8]) -> String? {
            let rest = String(decoding: rest, as: UTF8.self)
            if !rest.isEmpty { return "no answer of HTTP: \(rest.prefix(200))" }
            for answer in answers where answer.status != 100 {
                if answer["X-NCTSBridge"] == nil || answer["X-Request-ID"] == nil {
                    return "unmarked: \(answer.status)"
                }
                if answer.status == 500 { return "500" }
                if answer.text.contains(token) { return "tells a token: \(answer.text)" }
                // A path is v1.0's to repeat; a code is not, wherever it stood.
                if answer.text.contains(code), !answer.text.contains("\"requested\"") {
                    return "tells a code: \(answer.text)"
                }
            }
            return nil
        }

        @Test func `are refused, and the healthy ones beside them answered`() async throws {
            try #require(OpenFiles.limit >= 1_000)
            let context = try XMLContext()
            let random = SeededRandom.forTest("malformed requests")
            let scenario = "guarantees: [{grn: 23GB0000010000854, balance: 262626, accessCode: AC01}]"
            let flags = context.flags.merging(["limits.request-seconds": "10"]) { first, _ in first }
            try await withServedGateway(scenario, flags, clock: nil) { served in
                let workers = 20
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for worker in 0..<workers {
                        group.addTask {
                            var random = random
                            for _ in 0..<worker { random = SeededRandom(seed: random.next()) }
                            for _ in 0..<Self.count / workers {
                                let bytes = Self.request(&random)
                                if let complaint = try await Self.put(bytes, to: served.gateway.port) {
                                    Issue.record(
                                        "\(complaint), to \(String(decoding: bytes, as: UTF8.self).debugDescription)")
                                    return
                                }
                            }
                        }
                    }
                    for number in 0..<Self.healthy {
                        let answer = try await served.sendNow(V1Question.published.by("healthy-\(number)").request)
                        #expect(answer.text == V1Question.publishedAnswer)
                    }
                    try await group.waitForAll()
                }
                let answer = try await served.sendNow(V1Question.published.request)
                #expect(answer.text == V1Question.publishedAnswer)
            }
        }

        /// Sends bytes on a connection of their own.
        private static func put(_ bytes: [UInt8], to port: Int) async throws -> String? {
            let client = try await RawClient.connect(to: port)
            // It may be refused before all is said.
            try? await client.send(bytes)
            try? await client.sendEnd()
            var answers: [WireAnswer] = []
            let isHead = bytes.starts(with: Array("HEAD".utf8))
            while let answer = await client.answer(hasBody: !isHead) { answers.append(answer) }
            return complaint(about: answers, rest: await client.rest())
        }
    }
}

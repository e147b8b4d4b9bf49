import Foundation
import Gateway
import GuaranteeClients
import NetworkSupport
import TestSupport
import Testing
import Translation

@Suite(.timeLimit(.minutes(2))) struct `The log of a gateway's answers` {
    private static let secrets = ["GB954131533000", "22GB0000010000313", "Zk7q", "s3cret-bearer-token-0815"]
    private static let question = V1Question(secrets[1], tin: secrets[0], accessCode: secrets[2]).by(secrets[3])

    private struct Line: Decodable {
        var time: String
        var id: String
        var client: String
        var method: String
        var route: String
        var status: Int
        var form: String?
        var origin: String?
        var outcome: String?
        var ms: Double
        var bytes: Int
    }

    /// Runs a gateway that logs to a file, and reads the file once it has ended.
    private func logged(
        _ flags: [String: String] = [:], scenario: String = "published: true", clock: VirtualClock? = VirtualClock(),
        _ body: @Sendable @escaping (ServedGateway) async throws -> Void
    ) async throws -> (lines: [Line], text: String) {
        let folder = try ScratchFolder()
        let path = folder.url.appendingPathComponent("access.log").path
        let context = try XMLContext()
        let flags = flags.merging(context.flags.merging(["access-log": path]) { $1 }) { first, _ in first }
        try await withServedGateway(scenario, flags, clock: clock, body)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let text = try folder.text("access.log")
        #expect(text.hasSuffix("\n"))
        return (try text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }, text)
    }

    private func expectNoSecret(in text: String) {
        for secret in Self.secrets { #expect(!text.lowercased().contains(secret.lowercased()), "\(secret)") }
    }

    @Test func `has one line for each, under the name that the answer has`() async throws {
        let ids = Events()
        let (lines, text) = try await logged { served in
            let client = try await RawClient.connect(to: served.gateway.port)
            let xml = XMLQuery.request(XMLQuery(accessCode: "AC00").text, token: Self.secrets[3])
            var head = Self.question.request
            head.method = "HEAD"
            for request in [
                Self.question.request, Self.question.request, xml, Self.question.state(at: V1Question.path + "/1"),
                head,
                ExchangeRequest(method: "PUT", path: "/GB954131533000?t=s3cret-bearer-token-0815"),
            ] {
                try await client.send(request.raw)
                ids.add(try #require(await client.answer(hasBody: request.method != "HEAD")?["X-Request-ID"]))
            }
            try await client.send("GB954131533000 s3cret-bearer-token-0815\r\n\r\n")
            ids.add(try #require(await client.answer()?["X-Request-ID"]))
        }
        #expect(lines.map(\.id) == ids.all)
        #expect(Set(lines.map(\.id)).count == lines.count)
        let told = lines.map {
            "\($0.method) \($0.route) \($0.status) \($0.form ?? "-") \($0.origin ?? "-") \($0.outcome ?? "-")"
        }
        #expect(
            told == [
                "POST submit 400 json upstream not-found", "POST submit 429 json own throttled",
                "POST submit 200 xml upstream not-found", "GET state 400 - - framework-error",
                "HEAD unknown 404 - - framework-error", "PUT unknown 404 - - framework-error",
                "- unknown 400 - - malformed",
            ])
        #expect(lines.allSatisfy { $0.client == "127.0.0.1" && $0.ms >= 0 && $0.time.hasSuffix("Z") })
        #expect(lines.map { $0.bytes == 0 } == [false, false, false, false, true, false, true])
        expectNoSecret(in: text)
    }

    @Test func `says of an answer that nobody could take that it was not sent`() async throws {
        let scenario = "guarantees: [{grn: 24GB0000020000113, balance: 1, v2: {delay: 5}}]"
        let clock = VirtualClock()
        let (lines, _) = try await logged(scenario: scenario, clock: clock) { served in
            let client = try await Wire.connected(to: served.gateway.port)
            try await client.write(V1Question("24GB0000020000113", accessCode: "AC01").request.raw)
            try await eventually("it is under way") { await served.calls(about: "24GB0000020000113") == 1 }
            try await client.reset()
            // Whoever leaves in the middle of a request hears nothing either.
            let other = try await Wire.connected(to: served.gateway.port)
            try await other.write(Array(Self.question.request.raw.dropLast(3)))
            try await other.reset()
            try await clock.advance(by: .seconds(5))
        }
        let told = lines.map { "\($0.status) \($0.outcome ?? "-") \($0.bytes)" }
        #expect(told.sorted() == ["0 balance 0", "0 interrupted 0"])
    }

    @Test func `tells nothing of what came, whatever came`() async throws {
        let hostile = Self.secrets.flatMap { secret -> [String] in
            [
                "\(secret) / HTTP/1.1\r\n\r\n", "GET /\(secret) HTTP/1.1\r\nHost: \(secret)\r\n\r\n",
                "GET \(secret) HTTP/1.1\r\n\r\n", "GET / HTTP/\(secret)\r\n\r\n",
                "GET / HTTP/1.1\r\n\(secret): \(secret)\r\n\r\n", "GET / HTTP/1.1\r\n\(secret)\r\n\r\n",
                "GET / HTTP/1.1\r\nX-Request-ID: \(secret)\r\nX-Forwarded-For: \(secret)\r\n\r\n",
                "GET \(V1Question.path)/\(secret) HTTP/1.1\r\nAuthorization: Bearer \(secret)\r\n\r\n",
                "GET \(V1Question.path)/%0a{\"id\":\"\(secret)\"} HTTP/1.1\r\n\r\n",
                "POST \(V1Question.path) HTTP/1.1\r\nContent-Type: \(secret)\r\nContent-Length: 2\r\n\r\n{}",
                "POST \(V1Question.path) HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"\(secret)",
                "POST \(V1Question.path) HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\(secret)\r\n",
                "CONNECT \(secret):1 HTTP/1.1\r\n\r\n", "OPTIONS \(secret) HTTP/1.1\r\n\r\n",
            ]
        }
        let (lines, text) = try await logged { served in
            for request in hostile {
                let client = try await RawClient.connect(to: served.gateway.port)
                try await client.send(request)
                try? await client.sendEnd()
                _ = await client.rest()
            }
        }
        #expect(lines.count == hostile.count)
        #expect(lines.allSatisfy { (400..<500).contains($0.status) || $0.status == 0 && $0.outcome == "interrupted" })
        expectNoSecret(in: text)
    }

    @Test func `tells of what was refused for the load too`() async throws {
        let (lines, _) = try await logged(["limits.connections": "1"]) { served in
            let first = try await RawClient.connect(to: served.gateway.port)
            try await first.send(Self.question.request.raw)
            _ = await first.answer()
            let second = try await RawClient.connect(to: served.gateway.port)
            try await second.send(Self.question.request.raw)
            #expect(await second.answer()?.status == 503)
            try await first.close()
        }
        #expect(lines.map(\.outcome) == ["not-found", "busy"])
        #expect(lines.map(\.method) == ["POST", "POST"])
    }

    @Test func `is added to where it is there already`() async throws {
        let folder = try ScratchFolder()
        let path = try folder.write("access.log", Data("before\n".utf8)).path
        for _ in 0..<2 {
            try await withServedGateway("published: true", ["access-log": path]) { served in
                let answer = try await served.send(V1Question.published.request)
                #expect(answer.status == 200)
            }
        }
        let lines = try folder.text("access.log").split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0] == "before")
    }

    @Test func `is refused where it can't be written`() async throws {
        let folder = try ScratchFolder()
        let error = await #expect(throws: GatewayError.self) {
            try await withServedGateway("published: true", ["access-log": folder.url.path]) { _ in }
        }
        #expect(error?.code == .cantWrite)
        #expect(error?.description.contains(folder.url.path) == true)
    }
}

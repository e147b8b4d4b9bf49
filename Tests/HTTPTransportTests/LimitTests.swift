import GuaranteeClients
import HTTPTransport
import NetworkSupport
import Testing
import Translation

@Suite(.timeLimit(.minutes(1))) struct `An answer's body is limited` {
    private let limits = TransportLimits.usual { $0.maximumBody = 1000 }

    @Test func `one of the largest size is taken`() async throws {
        let body = String(repeating: "x", count: 1000)
        let answers = [
            "Content-Length: 1000\r\n\r\n\(body)", "Transfer-Encoding: chunked\r\n\r\n3e8\r\n\(body)\r\n0\r\n\r\n",
        ]
        for answer in answers {
            let response = try await Server.run { wire in
                _ = await wire.request()
                try await wire.write("HTTP/1.1 200 OK\r\n" + answer)
            } while: { server in
                try await HTTPTransport.withTransport {
                    try await $0.send(question, to: server.base, limits: limits)
                }
            }
            #expect(response.body == Array(body.utf8))
        }
    }

    @Test func `one that is announced larger is not waited for`() async throws {
        let error = try await failure(limits: limits) { wire in
            _ = await wire.request()
            try await wire.write("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n")
            await wire.end()
        }
        #expect(error.code == .tooLarge)
        #expect(!error.nothingSent)
        #expect(error.message.contains("larger than 1000 bytes"))
    }

    @Test(arguments: ["", "Transfer-Encoding: chunked\r\n"])
    func `one without an end is left as soon as it is larger`(header: String) async throws {
        let error = try await failure(limits: limits) { wire in
            _ = await wire.request()
            try await wire.write("HTTP/1.1 200 OK\r\n\(header)\r\n")
            for _ in 0...100 { try await wire.write("a\r\n0123456789\r\n") }
            await wire.end()
        }
        #expect(error.code == .tooLarge)
    }

    @Test(arguments: [
        String(repeating: "X: y\r\n", count: 300), "X: \(String(repeating: "y", count: 100_000))",
    ])
    func `headers are limited as well`(headers: String) async throws {
        let error = try await failure { wire in
            _ = await wire.request()
            try await wire.write("HTTP/1.1 200 OK\r\n" + headers)
            await wire.end()
        }
        #expect(error.code == .tooLarge)
        #expect(!error.nothingSent)
    }
}

import Foundation
import GuaranteeClients
import HTTPTransport
import NetworkSupport
import Testing
import Translation

@Suite(.timeLimit(.minutes(1))) struct `An exchange that fails says whether anything was sent` {
    private func expect(
        _ error: TransportError, _ code: TransportError.Code, nothingSent: Bool, _ part: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(error.code == code, sourceLocation: sourceLocation)
        #expect(error.nothingSent == nothingSent, sourceLocation: sourceLocation)
        #expect(error.message.contains(part), "\(error.message)", sourceLocation: sourceLocation)
    }

    @Test func `nothing where the port is closed`() async throws {
        let error = try await HTTPTransport.withTransport {
            try await failure(of: $0, asking: BaseURL("http://127.0.0.1:1"))
        }
        expect(error, .notConnected, nothingSent: true, "connection refused")
    }

    @Test func `nothing where the name is unknown`() async throws {
        // A label of more than 63 letters can't be looked up, so no name server is asked.
        let name = String(repeating: "x", count: 64) + ".test"
        let error = try await HTTPTransport.withTransport {
            try await failure(of: $0, asking: BaseURL("https://\(name)"))
        }
        expect(error, .notConnected, nothingSent: true, "\(name) is unknown")
    }

    @Test func `nothing where the connection does not stand in time`() async throws {
        let limits = TransportLimits.usual { $0.connecting = .milliseconds(100) }
        let error = try await silentTLS(limits)
        expect(error, .notConnected, nothingSent: true, "0.1 seconds")
    }

    @Test func `nothing where the whole time is over before`() async throws {
        let limits = TransportLimits.usual { $0.whole = .milliseconds(100) }
        let error = try await silentTLS(limits)
        expect(error, .timedOut, nothingSent: true, "0.1 seconds")
    }

    /// A server that takes a connection and never says a word of TLS.
    private func silentTLS(_ limits: TransportLimits) async throws -> TransportError {
        try await Server.run { wire in
            await wire.end()
        } while: { server in
            try await HTTPTransport.withTransport {
                try await failure(of: $0, asking: server.base("localhost"), limits: limits)
            }
        }
    }

    @Test(arguments: ["/a b", "/é", "/a#b", "a", "", "/%zz", "/\r\nX: y"])
    func `nothing where the path is none for HTTP`(path: String) async throws {
        let error = try await HTTPTransport.withTransport {
            let request = ExchangeRequest(method: "GET", path: path)
            return try await failure(of: $0, asking: BaseURL("http://127.0.0.1:1"), request)
        }
        expect(error, .malformed, nothingSent: true, "path")
    }

    @Test(arguments: ["", "get", "GET / HTTP/1.1\r\nX:"])
    func `nothing where the method is none for HTTP`(method: String) async throws {
        let error = try await HTTPTransport.withTransport {
            let request = ExchangeRequest(method: method, path: "/")
            return try await failure(of: $0, asking: BaseURL("http://127.0.0.1:1"), request)
        }
        expect(error, .malformed, nothingSent: true, "method")
    }

    @Test(arguments: [("Authorization", "Bearer s3cret\r\n"), ("Bearer s3cret", "x")])
    func `nothing where a header is none for HTTP`(name: String, value: String) async throws {
        var request = question
        request.headers.append(name, value)
        let error = try await Server.run { wire in
            await wire.end()
        } while: { server in
            try await HTTPTransport.withTransport { try await failure(of: $0, asking: server.base, request) }
        }
        expect(error, .malformed, nothingSent: true, "header field")
    }

    @Test(arguments: [
        "", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 2", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
    ])
    func `perhaps all where the answer is cut off`(answer: String) async throws {
        let error = try await failure { wire in
            _ = await wire.request()
            try await wire.write(answer)
        }
        expect(error, .interrupted, nothingSent: false, "closed the connection before its answer was whole")
    }

    @Test func `perhaps all where the connection breaks`() async throws {
        let error = try await failure { wire in
            _ = await wire.request()
            try await wire.reset()
        }
        expect(error, .interrupted, nothingSent: false, "may have arrived")
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{"])
    func `perhaps all where the server falls silent`(answer: String) async throws {
        let limits = TransportLimits.usual { $0.reading = .milliseconds(100) }
        let error = try await failure(limits: limits) { wire in
            _ = await wire.request()
            try await wire.write(answer)
            await wire.end()
        }
        expect(error, .timedOut, nothingSent: false, "silent for 0.1 seconds")
    }

    @Test func `nothing, as long as more comes in time`() async throws {
        let limits = TransportLimits.usual { $0.reading = .seconds(5) }
        let response = try await Server.run { wire in
            _ = await wire.request()
            try await wire.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n")
            for _ in 0..<6 {
                try await Task.sleep(for: .seconds(1))
                try await wire.write("x")
            }
        } while: { server in
            try await HTTPTransport.withTransport { try await $0.send(question, to: server.base, limits: limits) }
        }
        #expect(response.body.count == 6)
    }

    @Test func `perhaps all by its own limits, whatever others may take`() async throws {
        try await Server.run { wire in
            _ = await wire.request()
            await wire.end()
        } while: { server in
            let base = try server.base
            try await HTTPTransport.withTransport { transport in
                // It is under way before the others, and still when they end.
                let patient = Task { try await transport.send(question, to: base, limits: TransportLimits()) }
                for milliseconds in [2000, 1000] {
                    let limit = Duration.milliseconds(milliseconds)
                    async let whole = failure(of: transport, asking: base, limits: .usual { $0.whole = limit })
                    async let silent = failure(of: transport, asking: base, limits: .usual { $0.reading = limit })
                    let start = ContinuousClock.now
                    for error in try await [whole, silent] {
                        expect(error, .timedOut, nothingSent: false, "may have arrived")
                    }
                    #expect((limit..<Duration.seconds(20)).contains(ContinuousClock.now - start))
                }
                patient.cancel()
                let error = await #expect(throws: TransportError.self) { try await patient.value }
                #expect(error?.code == .cancelled)
            }
        }
    }

    @Test func `perhaps all where the answer drips for too long`() async throws {
        let error = try await Server.run { wire in
            _ = await wire.request()
            try await wire.answer()
            _ = await wire.request()
            try await wire.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while true {
                try await wire.write("x")
                try await Task.sleep(for: .milliseconds(5))
            }
        } while: { server in
            try await HTTPTransport.withTransport { transport in
                // The second question needs no new connection: its time goes to the answer.
                _ = try await transport.send(question, to: server.base, limits: TransportLimits())
                let limits = TransportLimits.usual { $0.whole = .milliseconds(300) }
                return try await failure(of: transport, asking: server.base, limits: limits)
            }
        }
        expect(error, .timedOut, nothingSent: false, "longer than 0.3 seconds")
    }

    @Test(arguments: [
        "SSH-2.0-OpenSSH_9.2\r\n", "\u{15}\u{3}\u{1}\0\u{2}\u{2}\u{16}", "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nBad Name: x\r\nContent-Length: 2\r\n\r\n{}",
    ])
    func `perhaps all where what comes is not HTTP`(answer: String) async throws {
        let error = try await failure { wire in
            _ = await wire.request()
            try await wire.write(answer)
            await wire.end()
        }
        expect(error, .malformed, nothingSent: false, "is not HTTP")
    }

    @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 500 Full\r\nContent-Length: 0\r\n\r\n"])
    func `a server that speaks before it is asked is no trouble for others`(greeting: String) async throws {
        let limits = TransportLimits.usual { $0.reading = .milliseconds(100) }
        try await Server.run { wire in
            try await wire.write(greeting)
            await wire.end()
        } while: { server in
            let base = try server.base
            try await HTTPTransport.withTransport { transport in
                for _ in 0..<20 {
                    do throws(TransportError) {
                        // The greeting looks like the answer, where the request was faster.
                        #expect(try await transport.send(question, to: base, limits: limits).status == 500)
                    } catch {
                        #expect([.notConnected, .interrupted, .malformed, .timedOut].contains(error.code))
                    }
                }
            }
        }
    }
}

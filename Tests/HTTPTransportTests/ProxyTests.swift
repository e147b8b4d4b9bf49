import GuaranteeClients
import HTTPTransport
import NetworkSupport
import Testing
import Translation

@Suite(.timeLimit(.minutes(1))) struct `A proxy carries what is not excepted` {
    private let certificates: Certificates

    init() throws {
        certificates = try Certificates.get()
    }

    /// The options of a transport behind a proxy.
    private func options(_ proxy: String, exceptions: String = "") -> TransportOptions {
        TransportOptions(
            caFile: certificates.authority, environment: ["HTTPS_PROXY": proxy, "NO_PROXY": exceptions])
    }

    /// Asks `https://HOST:8443` by a proxy that leads to a server with the certificate of `api.test`; returns what the
    /// server was asked and, from the proxy, the heads of the requests for tunnels.
    private func askByProxy(host: String, user: String = "") async throws -> (asked: [String], tunnels: [String]) {
        let (asked, tunnels) = (Events(), Events())
        try await Server.run(tls: certificates.server("good")) { wire in
            while let request = await wire.request() {
                asked.add(request.head)
                try await wire.answer()
            }
        } while: { server in
            try await Server.run(TestProxy(target: server.port, events: tunnels).tunnel) { proxy in
                try await HTTPTransport.withTransport(options("http://\(user)127.0.0.1:\(proxy.port)")) { transport in
                    for _ in 0..<2 {
                        let base = try BaseURL("https://\(host):8443")
                        _ = try await transport.send(question, to: base, limits: TransportLimits())
                    }
                }
            }
        }
        return (asked.all, tunnels.all)
    }

    @Test func `in a tunnel, with TLS to the server itself`() async throws {
        let (asked, tunnels) = try await askByProxy(host: "api.test")
        #expect(tunnels == ["CONNECT api.test:8443 HTTP/1.1\r\nhost: api.test\r\n\r\n"])
        #expect(asked.count == 2)
        #expect(asked.allSatisfy { $0.contains("\r\nHost: api.test:8443\r\n") && !$0.contains("proxy") })
    }

    @Test func `for the user that is named`() async throws {
        let (asked, tunnels) = try await askByProxy(host: "api.test", user: "me:s3cr%40t@")
        #expect(tunnels.map { $0.contains("\r\nproxy-authorization: Basic bWU6czNjckB0\r\n") } == [true])
        #expect(asked.allSatisfy { !$0.lowercased().contains("proxy-authorization") })
    }

    @Test func `but the server must be the one that was asked for`() async throws {
        let error = try await #require(throws: TransportError.self) { try await askByProxy(host: "other.test") }
        #expect(error.code == .tls)
        #expect(error.nothingSent)
    }

    @Test func `and this machine and the exceptions are asked directly`() async throws {
        let tunnels = Events()
        try await Server.run(tls: certificates.server("good")) { wire in
            while await wire.request() != nil { try await wire.answer() }
        } while: { server in
            try await Server.run(TestProxy(target: server.port, events: tunnels).tunnel) { proxy in
                let options = options("http://127.0.0.1:\(proxy.port)", exceptions: "x.test")
                try await HTTPTransport.withTransport(options) { transport in
                    _ = try await transport.send(question, to: server.base("localhost"), limits: TransportLimits())
                    // A label of more than 63 letters can't be looked up: what fails so is not asked by the proxy.
                    let excepted = try BaseURL("https://\(String(repeating: "x", count: 64)).x.test")
                    let error = try await failure(of: transport, asking: excepted)
                    #expect(error.message.contains("is unknown"))
                }
            }
        }
        #expect(tunnels.all.isEmpty)
    }

    /// The failure of a question by a proxy that does what the script says.
    private func failureByProxy(
        limits: TransportLimits = TransportLimits(), _ script: @escaping @Sendable (Wire) async throws -> Void
    ) async throws -> TransportError {
        try await Server.run(script) { proxy in
            try await HTTPTransport.withTransport(options("http://me:s3cret@127.0.0.1:\(proxy.port)")) { transport in
                let error = try await failure(of: transport, asking: BaseURL("https://api.test"), limits: limits)
                #expect(error.nothingSent)
                #expect(error.message.contains("127.0.0.1:\(proxy.port)"))
                return error
            }
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n", "user and a password"),
        ("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno", "refused"),
        ("HTTP/1.1 502 Bad Gateway\r\n\r\n", "refused"),
    ])
    func `A refusal is the proxy's`(answer: String, part: String) async throws {
        let error = try await failureByProxy { wire in
            _ = await wire.request()
            try await wire.write(answer)
        }
        #expect(error.code == .proxy)
        #expect(error.message.contains(part))
    }

    @Test func `A proxy that leaves without an answer has connected nothing`() async throws {
        let error = try await failureByProxy { wire in
            _ = await wire.request()
        }
        #expect(error.code == .notConnected)
        #expect(error.message.contains("closed the connection"))
    }

    @Test(arguments: ["", "SSH-2.0-OpenSSH_9.2\r\n"])
    func `A proxy that gives no answer is waited for as long as for a connection`(answer: String) async throws {
        let error = try await failureByProxy(limits: .usual { $0.connecting = .milliseconds(100) }) { wire in
            _ = await wire.request()
            try await wire.write(answer)
            await wire.end()
        }
        #expect(error.code == .notConnected)
    }

    @Test func `A proxy that is not there is named`() async throws {
        try await HTTPTransport.withTransport(options("http://127.0.0.1:1")) { transport in
            let error = try await failure(of: transport, asking: BaseURL("https://api.test"))
            #expect(error.code == .notConnected)
            #expect(error.nothingSent)
            #expect(error.message.contains("by the proxy 127.0.0.1:1: connection refused"))
        }
    }
}

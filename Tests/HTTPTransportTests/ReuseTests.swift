import GuaranteeClients
import HTTPTransport
import NetworkSupport
import Testing
import Translation

@Suite(.timeLimit(.minutes(1))) struct `Connections are used again, and requests never are` {
    @Test func `one connection carries one exchange after the other`() async throws {
        let events = Events()
        try await Server.run { wire in
            events.add("connected")
            while await wire.request() != nil {
                events.add("asked")
                try await wire.answer()
            }
        } while: { server in
            try await HTTPTransport.withTransport { transport in
                for _ in 0..<3 { _ = try await transport.send(question, to: server.base, limits: TransportLimits()) }
            }
        }
        #expect(events.all == ["connected", "asked", "asked", "asked"])
    }

    @Test(arguments: ["", "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n", "rubbish"])
    func `a connection that the server has done with carries no other`(farewell: String) async throws {
        let events = Events()
        try await Server.run { wire in
            guard await wire.request() != nil else { return }
            events.add("asked")
            try await wire.answer()
            try await wire.write(farewell)
        } while: { server in
            try await HTTPTransport.withTransport { transport in
                for _ in 0..<10 { try await askUntilAnswered(transport, server) }
            }
        }
        #expect(events.all == Array(repeating: "asked", count: 10))
    }

    /// Asks again while the server's farewell is on its way: a request that meets it was not asked.
    private func askUntilAnswered(_ transport: HTTPTransport, _ server: Server) async throws {
        let base = try server.base
        for _ in 0..<100 {
            do throws(TransportError) {
                if try await transport.send(question, to: base, limits: TransportLimits()).status == 200 { return }
            } catch {
                #expect([.notConnected, .interrupted, .malformed].contains(error.code))
            }
        }
        Issue.record("never answered")
    }

    @Test func `a connection that the server says it will close carries no other`() async throws {
        let events = Events()
        try await Server.run { wire in
            while await wire.request() != nil {
                events.add("asked")
                try await wire.answer(headers: "Connection: close\r\n")
            }
            events.add("left")
        } while: { server in
            try await HTTPTransport.withTransport { transport in
                for _ in 0..<2 {
                    _ = try await transport.send(question, to: server.base, limits: TransportLimits())
                    await events.wait(for: "left")
                }
            }
        }
        #expect(events.all == ["asked", "left", "asked", "left"])
    }

    @Test func `a request whose connection ended is not sent again`() async throws {
        let events = Events()
        try await Server.run { wire in
            _ = await wire.request()
            events.add("asked")
            try await wire.answer()
            // The second is read, and never answered.
            if await wire.request() != nil { events.add("asked in vain") }
        } while: { server in
            try await HTTPTransport.withTransport { transport in
                _ = try await transport.send(question, to: server.base, limits: TransportLimits())
                let error = try await failure(of: transport, asking: server.base)
                #expect(error.code == .interrupted)
                #expect(!error.nothingSent)
                try await askUntilAnswered(transport, server)
            }
        }
        #expect(events.all == ["asked", "asked in vain", "asked"])
    }

    @Test func `an idle connection is closed before the server would`() async throws {
        let events = Events()
        var options = TransportOptions()
        options.idle = .milliseconds(20)
        try await Server.run { wire in
            _ = await wire.request()
            try await wire.answer()
            await wire.end()
            events.add("left")
        } while: { server in
            try await HTTPTransport.withTransport(options) { transport in
                _ = try await transport.send(question, to: server.base, limits: TransportLimits())
                await events.wait(for: "left")
            }
        }
        #expect(events.all == ["left"])
    }

    @Test func `exchanges at one time have a connection each`() async throws {
        let events = Events()
        try await Server.run { wire in
            _ = await wire.request()
            events.add("asked")
            await wire.end()
        } while: { server in
            try await HTTPTransport.withTransport { transport in
                let base = try server.base
                try await withThrowingTaskGroup(of: TransportError.self) { group in
                    for _ in 0..<20 { group.addTask { try await failure(of: transport, asking: base) } }
                    // Nobody is answered, and yet all get to ask.
                    for _ in 0..<20 { await events.wait(for: "asked") }
                    group.cancelAll()
                    for try await error in group { #expect(error.code == .cancelled) }
                }
            }
        }
        #expect(events.all.count == 20)
    }
}

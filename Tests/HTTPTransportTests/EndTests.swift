import GuaranteeClients
import HTTPTransport
import NetworkSupport
import Testing
import Translation

@Suite(.timeLimit(.minutes(1))) struct `An exchange ends at once with its task, or with the transport` {
    /// A server that takes a request and never answers it.
    private func unanswered(
        _ events: Events, _ body: (HTTPTransport, BaseURL) async throws -> TransportError
    ) async throws -> TransportError {
        try await Server.run { wire in
            _ = await wire.request()
            events.add("asked")
            await wire.end()
            events.add("left")
        } while: { server in
            try await HTTPTransport.withTransport { transport in
                let error = try await body(transport, server.base)
                await events.wait(for: "left")
                return error
            }
        }
    }

    @Test func `a task that is cancelled while it waits for an answer`() async throws {
        let events = Events()
        let error = try await unanswered(events) { transport, base in
            let task = Task { try await failure(of: transport, asking: base) }
            await events.wait(for: "asked")
            task.cancel()
            return try await task.value
        }
        #expect(error.code == .cancelled)
        #expect(!error.nothingSent)
        #expect(events.all == ["asked", "left"])
    }

    @Test func `a task that is cancelled while it connects`() async throws {
        let events = Events()
        let error = try await Server.run { wire in
            _ = await wire.bytes()
            events.add("greeted")
            await wire.end()
        } while: { server in
            try await HTTPTransport.withTransport { transport in
                let base = try server.base("localhost")
                let task = Task { try await failure(of: transport, asking: base) }
                await events.wait(for: "greeted")
                task.cancel()
                return try await task.value
            }
        }
        #expect(error.code == .cancelled)
        #expect(error.nothingSent)
    }

    @Test func `a task that was cancelled before`() async throws {
        let error = try await HTTPTransport.withTransport { transport in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await failure(of: transport, asking: BaseURL("http://127.0.0.1:1"))
            }
            return try await task.value
        }
        #expect(error.code == .cancelled)
        #expect(error.nothingSent)
    }

    @Test func `a transport that is shut down`() async throws {
        let events = Events()
        let error = try await unanswered(events) { transport, base in
            async let failure = failure(of: transport, asking: base)
            await events.wait(for: "asked")
            await transport.shutdown()
            return try await failure
        }
        #expect(error.code == .cancelled)
        #expect(!error.nothingSent)
    }

    @Test func `and a transport that was shut down before`() async throws {
        let transport = try HTTPTransport()
        await transport.shutdown()
        await transport.shutdown()
        let error = try await failure(of: transport, asking: BaseURL("http://127.0.0.1:1"))
        #expect(error.code == .notConnected)
        #expect(error.nothingSent)
    }

    @Test func `a transport that is lent ends with the loan, whatever becomes of it`() async throws {
        struct Trouble: Error {}
        var lent: HTTPTransport?
        await #expect(throws: Trouble.self) {
            try await HTTPTransport.withTransport { transport in
                lent = transport
                throw Trouble()
            }
        }
        let error = try await failure(of: #require(lent), asking: BaseURL("http://127.0.0.1:1"))
        #expect(error.message.contains("after the transport's end"))
    }

    @Test func `at whatever moment, what is said not to be sent is not`() async throws {
        let arrived = Events()
        let failures = try await Server.run { wire in
            while let request = await wire.request() {
                arrived.add(request.head)
                try await wire.answer()
            }
        } while: { server in
            try await HTTPTransport.withTransport { transport in
                let base = try server.base
                return try await withThrowingTaskGroup(of: (Int, TransportError)?.self) { group in
                    for number in 0..<200 {
                        group.addTask { try await end(number, asking: base, by: transport) }
                    }
                    return try await group.reduce(into: []) { failures, failure in
                        failures += failure.map { [$0] } ?? []
                    }
                }
            }
        }
        for (number, error) in failures {
            #expect([.cancelled, .timedOut].contains(error.code), "\(error)")
            #expect(!error.nothingSent || !arrived.all.contains { $0.contains("Number: \(number)\r\n") })
        }
        #expect(failures.contains { $0.1.nothingSent })
    }

    /// Sends a question that ends a little later than the one before, by a deadline or by cancellation; returns its
    /// failure, if it did not end sooner.
    private func end(
        _ number: Int, asking base: BaseURL, by transport: HTTPTransport
    ) async throws -> (Int, TransportError)? {
        var request = question
        request.headers.append("Number", "\(number)")
        let moment = Duration.microseconds(100 * number)
        let limits = number.isMultiple(of: 2) ? TransportLimits.usual { $0.whole = moment } : TransportLimits()
        let task = Task { [request] in try await transport.send(request, to: base, limits: limits) }
        if !number.isMultiple(of: 2) {
            try await Task.sleep(for: moment)
            task.cancel()
        }
        do {
            _ = try await task.value
            return nil
        } catch let error as TransportError {
            return (number, error)
        }
    }
}

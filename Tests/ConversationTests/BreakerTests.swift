import Foundation
import GuaranteeClients
import NetworkSupport
import Simulator
import Testing
import Translation

@Suite struct `An API that fails again and again is left alone` {
    @Test func `and asked again after a pause`() async throws {
        // Six calls fail; the first five of them open the breaker.
        let scenario = """
            faults: [{api: v2, calls: [1, 2, 3, 4, 5], condition: server-error}]
            lock: {seconds: 0}
            """
        try await Clients.talking(scenario) { clients in
            var clients = clients
            var limits = CircuitBreaker.Limits()
            limits.pause = .seconds(3000)
            clients.options.breaker = limits
            clients.pacing = Unpaced()
            let client = clients.v2
            for _ in 1...5 {
                let answer = try await client.ask(Clients.question("23GB0000010000854"))
                #expect(answer.message.condition == Condition("server-error"))
            }
            let error = await #expect(throws: ClientError.self) {
                try await client.ask(Clients.question("23GB0000010000854"))
            }
            #expect(error?.code == .circuitOpen)
            #expect(error?.exchanges.isEmpty == true)
            #expect(await clients.simulator.log.count == 5)
            try await clients.time.sleep(.seconds(3001))
            let answer = try await client.ask(Clients.question("23GB0000010000854"))
            #expect(answer.message.kind == .answer)
            #expect(await clients.simulator.log.count == 6)
        }
    }

    @Test func `while the other API is asked on`() async throws {
        let scenario = "faults: [{api: v2, condition: server-error}]\nlock: {seconds: 0}"
        try await Clients.talking(scenario) { clients in
            var clients = clients
            clients.pacing = Unpaced()
            let v2 = clients.v2
            let v1 = clients.v1
            for _ in 1...6 { _ = try? await v2.ask(Clients.question("23GB0000010000854")) }
            let answer = try await v1.ask(Clients.question())
            #expect(answer.message.kind == .answer)
        }
    }
}

@Suite struct `Cancelling ends a call at once` {
    @Test func `while it waits for its lock`() async throws {
        try await Clients.talking { clients in
            var clients = clients
            clients.pacing = PacingGate(limits: PacingLimits(lock: .seconds(1_000_000)), timekeeper: clients.time)
            let client = clients.v2
            _ = try await client.ask(Clients.question("23GB0000010000854"))
            try await expectCancelled { try await client.ask(Clients.question("23GB0000010000854")) }
            #expect(await clients.simulator.log.count == 1)
        }
    }

    @Test func `while the answer is under way`() async throws {
        let scenario = "guarantees: [{grn: 23GB0000010000854, balance: 1, v2: {delay: 600000}}]"
        try await Clients.talking(scenario) { clients in
            let client = clients.v2
            try await expectCancelled { try await client.ask(Clients.question("23GB0000010000854")) }
        }
    }

    @Test func `while an answer is pending`() async throws {
        let scenario = "guarantees: [{grn: 22GB0000010000313, balance: 1, v1: {after: never}}]\nv1: {keep: 10000000}"
        try await Clients.talking(scenario) { clients in
            var clients = clients
            clients.options.polling.patience = .seconds(1_000_000)
            let client = clients.v1
            try await expectCancelled { try await client.ask(Clients.question()) }
        }
    }

    private func expectCancelled(_ body: @Sendable @escaping () async throws -> ClientAnswer) async throws {
        let task = Task { try await body() }
        try await Task.sleep(for: .milliseconds(30))
        task.cancel()
        let result = await task.result
        #expect(throws: ClientError.self) { try result.get() }
        if case .failure(let error as ClientError) = result { #expect(error.code == .cancelled) }
    }
}

/// No pacing at all: for simulators without locks.
struct Unpaced: CallPacing {
    func admit(_: PacedCall) -> PacingTicket { PacingTicket(0) }
    func finish(_: PacingTicket, _: CallEnd) {}
    func cause(ofThrottled _: PacingTicket) -> ThrottleCause { .others }
    func hold(for _: Duration) {}
}

import GuaranteeClients
import NetworkSupport
import Simulator
import Testing
import Translation

@Suite struct `Clients try again by the rules` {
    private static let guarantee = "guarantees: [{grn: 22GB0000010000313, holder: GB954131533000, balance: 5, %}]\n"

    private func scenario(_ plan: String) -> String { Self.guarantee.replacing("%", with: plan) }

    @Test func `a 5xx to a POST stands, for the lock is taken`() async throws {
        let (answer, log) = try await Clients.talking(
            scenario("v2: {status: 503, body: '{\"code\":\"SERVER_ERROR\"}'}")
        ) {
            (try await $0.v2.ask(Clients.question()), await $0.simulator.log)
        }
        #expect(answer.message.condition == Condition("unavailable"))
        #expect(log.count == 1)
    }

    @Test(arguments: ["status: 502, body: bad gateway", "drop: true", "truncate: 3", "condition: gateway-timeout"])
    func `a POST that may have arrived goes again after its lock, where that is asked for`(fault: String) async throws {
        let (answer, log) = try await Clients.talking(scenario("v2: [{calls: 1, \(fault)}]")) { clients in
            var clients = clients
            clients.options.repeatsPosts = true
            return (try await clients.v2.ask(Clients.question()), await clients.simulator.log)
        }
        #expect(answer.message.guarantees.first?.balance?.lexeme == "5")
        #expect(answer.exchanges.count == 2)
        #expect(log.count == 2)
        #expect(log.brokenLocks == 0)
        #expect(log.calls.allSatisfy { $0.lock == .taken })
    }

    @Test(arguments: ["drop: true", "truncate: 3"])
    func `and otherwise ends with its failure`(fault: String) async throws {
        let (error, count) = try await Clients.talking(scenario("v2: {\(fault)}")) { clients in
            let error = await #expect(throws: ClientError.self) { try await clients.v2.ask(Clients.question()) }
            return (error, await clients.simulator.log.count)
        }
        #expect(error?.code == .interrupted)
        #expect(error?.exchanges.count == 1)
        #expect(count == 1)
    }

    @Test func `a 501 is never tried again`() async throws {
        let count = try await Clients.talking(scenario("v2: {status: 501, body: '{}'}")) { clients in
            var clients = clients
            clients.options.repeatsPosts = true
            _ = await #expect(throws: ClientError.self) { try await clients.v2.ask(Clients.question()) }
            return await clients.simulator.log.count
        }
        #expect(count == 1)
    }

    @Test(arguments: [
        "condition: not-found", "condition: throttled", "condition: invalid-scope", "status: 418, body: '{}'",
    ])
    func `a 4xx is never tried again`(plan: String) async throws {
        let count = try await Clients.talking(scenario("v2: {\(plan)}")) { clients in
            var clients = clients
            clients.options.repeatsPosts = true
            _ = try? await clients.v2.ask(Clients.question())
            return await clients.simulator.log.count
        }
        #expect(count == 1)
    }

    @Test(arguments: ["condition: server-error", "drop: true", "truncate: 10", "status: 503, body: '<html>'"])
    func `a GET goes again, until it is answered`(fault: String) async throws {
        let faults = "faults: [{api: v1, method: GET, calls: [2, 3], \(fault)}]\n"
        let (answer, log) = try await Clients.talking(scenario("v1: {after: 17}") + faults) {
            (try await $0.v1.ask(Clients.question()), await $0.simulator.log)
        }
        #expect(answer.message.guarantees.first?.balance?.lexeme == "5")
        #expect(answer.exchanges.map(\.method) == ["POST", "GET", "GET", "GET"])
        #expect(log.calls.count { $0.method == "POST" } == 1)
    }

    @Test func `a GET that fails on and on is given up`() async throws {
        let faults = "faults: [{api: v1, method: GET, condition: server-error}]\n"
        let (answer, log) = try await Clients.talking(scenario("v1: {after: 17}") + faults) { clients in
            var clients = clients
            clients.options.breaker.failures = 100
            return (try await clients.v1.ask(Clients.question()), await clients.simulator.log)
        }
        #expect(answer.message.condition == Condition("server-error"))
        #expect(log.calls.count { $0.method == "GET" } == 1 + RetryPolicy().retries)
    }

    @Test func `a connection that can't be had is tried again, for nothing was sent`() async throws {
        let error = try await Clients.talking { clients in
            var clients = clients
            // Nobody listens on port 1.
            clients.simulator.url = try BaseURL("http://127.0.0.1:1")
            clients.options.breaker.failures = 100
            return await #expect(throws: ClientError.self) { try await clients.v2.ask(Clients.question()) }
        }
        #expect(error?.code == .notConnected)
        #expect(error?.exchanges.count == 1 + RetryPolicy().retries)
    }

    @Test func `a Retry-After is waited for`() async throws {
        let faults = """
            faults: [{api: v1, method: GET, calls: [2], status: 503, headers: {Retry-After: 100}, body: '{}'}]

            """
        let log = try await Clients.talking(scenario("v1: {after: 17}") + faults) { clients in
            _ = try await clients.v1.ask(Clients.question())
            return await clients.simulator.log
        }
        let gets = log.calls.filter { $0.method == "GET" }
        #expect(gets.count == 2)
        #expect(gets[1].seconds - gets[0].seconds >= 100)
    }

    @Test func `a time limit ends a slow answer`() async throws {
        let error = try await Clients.talking(scenario("v2: {delay: 60000}")) { clients in
            var clients = clients
            clients.options.limits.reading = .milliseconds(50)
            return await #expect(throws: ClientError.self) { try await clients.v2.ask(Clients.question()) }
        }
        #expect(error?.code == .timedOut)
    }

    @Test func `an answer that is too large is not read`() async throws {
        let body = String(repeating: "x", count: 5000)
        let error = try await Clients.talking(scenario("v2: {status: 200, body: '{\"balance\":\"\(body)\"}'}")) {
            clients in
            var clients = clients
            clients.options.limits.maximumBody = 4096
            return await #expect(throws: ClientError.self) { try await clients.v2.ask(Clients.question()) }
        }
        #expect(error?.code == .unreadable)
    }

    @Test(arguments: ["<html>not JSON</html>", "", "[]", #"{"hello":"world"}"#])
    func `an answer that nobody knows is told as one`(body: String) async throws {
        let error = try await Clients.talking(scenario("v2: {status: 200, body: '\(body)'}")) { clients in
            await #expect(throws: ClientError.self) { try await clients.v2.ask(Clients.question()) }
        }
        #expect(error?.code == .unreadable)
        #expect(error?.exchanges.last?.response?.status == 200)
        #expect(error.map { !$0.message.contains("hello") } == true)
    }
}

import GuaranteeClients
import NetworkSupport
import Simulator
import Testing
import Translation

@Suite struct `Clients bring each answer as what it means` {
    @Test func `a balance of v1.0, at once`() async throws {
        let answer = try await Clients.talking { try await $0.v1.ask(Clients.question()) }
        #expect(answer.message.kind == .answer)
        #expect(answer.message.guarantees.first?.balance?.lexeme == "50000")
        #expect(answer.message.guarantees.first?.currency == "GBP")
        let exchange = try #require(answer.exchanges.first)
        #expect(answer.exchanges.count == 1)
        #expect(exchange.response?.status == 200)
        #expect(exchange.response?.body == Array(#"{"response":{"balance":50000,"currency":"GBP"}}"#.utf8))
        #expect(exchange.response?.headers["content-type"] == "application/json")
        #expect(exchange.path == "/customs/guarantees/balances")
    }

    @Test func `a balance of v2.0`() async throws {
        let answer = try await Clients.talking { try await $0.v2.ask(Clients.question("23GB0000010000854")) }
        #expect(answer.message.kind == .answer)
        #expect(answer.message.guarantees.first?.balance?.lexeme == "262626")
        #expect(answer.message.guarantees.first?.grn == GRN("23GB0000010000854"))
    }

    @Test func `a balance of v1.0 that was pending`() async throws {
        let scenario = """
            guarantees: [{grn: 22GB0000010000313, holder: GB954131533000, balance: 12.5, v1: {after: 90}}]
            """
        let answer = try await Clients.talking(scenario) { try await $0.v1.ask(Clients.question()) }
        #expect(answer.message.kind == .answer)
        #expect(answer.message.guarantees.first?.balance?.lexeme == "12.5")
        #expect(answer.message.tin == "GB954131533000")
        #expect(answer.exchanges.map(\.method) == ["POST", "GET"])
        #expect(answer.exchanges.map { $0.response?.status } == [202, 200])
    }

    @Test func `a refusal that was pending`() async throws {
        let scenario = """
            guarantees:
              - {grn: 22GB0000010000313, balance: 1, v1: {after: 20, errors: [{type: 12, pointer: RC1.TIN}]}}
            """
        let answer = try await Clients.talking(scenario) { try await $0.v1.ask(Clients.question()) }
        #expect(answer.message.kind == .refusal)
        #expect(answer.message.reasons == [FunctionalError(type: "12", pointer: "RC1.TIN")])
    }

    @Test func `a pending answer that v1.0 forgets`() async throws {
        let scenario = "guarantees: [{grn: 22GB0000010000313, balance: 1, v1: {after: never}}]\nv1: {keep: 30}"
        let error = try await Clients.talking(scenario) { clients in
            await #expect(throws: ClientError.self) { try await clients.v1.ask(Clients.question()) }
        }
        #expect(error?.code == .expired)
        #expect(error?.exchanges.last?.response?.status == 404)
    }

    @Test func `a pending answer that nobody waits for any longer`() async throws {
        let scenario = "guarantees: [{grn: 22GB0000010000313, balance: 1, v1: {after: never}}]"
        let error = try await Clients.talking(scenario) { clients in
            var clients = clients
            clients.options.polling.patience = .seconds(60)
            return await #expect(throws: ClientError.self) { try await clients.v1.ask(Clients.question()) }
        }
        #expect(error?.code == .gaveUp)
    }

    @Test(arguments: [
        ("AC00", "GB954131533000", "not-found"), ("AC01", "GB000000000000", "tax-identifier-refused"),
        ("AC0", "GB954131533000", "access-code-format"),
    ])
    func `a refusal of v1.0`(code: String, tin: String, condition: String) async throws {
        let answer = try await Clients.talking {
            try await $0.v1.ask(Clients.question(code: code, tin: tin))
        }
        #expect(answer.message.kind == .refusal)
        #expect(
            answer.message.condition
                == (condition == "tax-identifier-refused" ? answer.message.condition : Condition(condition)))
        #expect(answer.exchanges.last?.response?.status == 400)
    }

    @Test(arguments: [
        ("23GB0000010000873", "AC01", "not-found", 404), ("23GB0000010000854", "AC00", "not-found", 404),
        ("23DE0000010000854", "AC01", "grn-country", 400), ("GB", "AC01", "grn-format", 400),
        ("23GB0000010000854", "AC0", "access-code-format", 400),
    ])
    func `a refusal of v2.0`(grn: String, code: String, condition: String, status: Int) async throws {
        let answer = try await Clients.talking { try await $0.v2.ask(Clients.question(grn, code: code)) }
        #expect(answer.message.kind == .refusal)
        #expect(answer.message.condition == Condition(condition))
        #expect(answer.exchanges.last?.response?.status == status)
    }

    @Test func `with an access code that v2.0 repeats kept out of what is stored`() async throws {
        let (answer, masker) = try await Clients.talking { clients in
            (
                try await clients.v2.ask(Clients.question("23GB0000010000854", code: "QZ9")),
                clients.simulator.codec.masker
            )
        }
        let exchange = try #require(answer.exchanges.last)
        let wire = String(decoding: exchange.response?.body ?? [], as: UTF8.self)
        let stored = String(decoding: exchange.redacted(by: masker).response?.body ?? [], as: UTF8.self)
        #expect(wire.contains("QZ9"))
        #expect(!stored.contains("QZ9"))
        #expect(stored.contains(AccessCode.mask))
        #expect(!"\(answer.message)".contains("QZ9"))
    }

    @Test func `without the token, wherever a server sends it back, and with words that a short one is a part of`()
        async throws
    {
        let echo = """
            guarantees:
              - {grn: 24GB0000020000113, accessCode: AC01, balance: 5, v2: {status: 404, body: '{"code":"NOT_FOUND",\
            "message":"some a-token-that-nobody-may-see"}'}}

            """
        func body(_ token: String?) async throws -> String {
            try await Clients.talking(echo) { clients in
                var clients = clients
                if let token { clients.tokens = FixedToken(BearerToken(token)) }
                let question = Clients.question("24GB0000020000113")
                var exchanges: [Exchange] = []
                do {
                    exchanges = try await clients.v2.ask(question).exchanges
                } catch let error as ClientError {
                    exchanges = error.exchanges
                }
                return String(decoding: exchanges.last?.response?.body ?? [], as: UTF8.self)
            }
        }
        #expect(try await body(nil) == #"{"code":"NOT_FOUND","message":"some ****"}"#)
        #expect(try await body("me").hasSuffix(#""message":"some a-token-that-nobody-may-see"}"#))
    }

    @Test(arguments: ["service", "specification"])
    func `a 429 in either spelling, and whose fault it was`(spelling: String) async throws {
        let answers = try await Clients.talking("spelling: \(spelling)\nlock: {seconds: 100000}") { clients in
            var others = clients
            others.pacing = PacingGate(timekeeper: clients.time)
            _ = try await others.v2.ask(Clients.question("23GB0000010000854"))
            let second = try await clients.v2.ask(Clients.question("23GB0000010000854"))
            let third = try await clients.v1.ask(Clients.question("23GB0000010000854"))
            return [second, third]
        }
        for answer in answers {
            #expect(answer.message.condition == Condition("throttled"))
            #expect(answer.exchanges.last?.throttleCause == .others)
        }
    }

    @Test(arguments: [
        (200, #"{"cached":{"balance":5,"currency":"GBP"}}"#), (200, #"{"response":{"balance":5,"currency":"GBP"}}"#),
        (404, #"{"balance":5,"currency":"GBP"}"#), (200, #"{"accessCode":"AC01"}"#),
        (
            200,
            #"{"message":"The guarantee reference number or access code did not match an existing guarantee.","code":"NOT_FOUND"}"#
        ),
        (200, #"{"_links":{"self":{"href":"/customs/guarantees/23GB0000010000863/balance"}},"balance":5}"#),
        (200, #"{"balance":5},"status":200,"x":{"balance":5}"#),
    ])
    func `and nothing that is none: in another place, with another status, about another guarantee`(
        status: Int, body: String
    ) async throws {
        let scenario = "guarantees: [{grn: 23GB0000010000854, balance: 1, v2: {status: \(status), body: '\(body)'}}]"
        let error = try await Clients.talking(scenario) { clients in
            await #expect(throws: ClientError.self) { try await clients.v2.ask(Clients.question("23GB0000010000854")) }
        }
        #expect(error?.code == .unreadable)
    }

    @Test(arguments: [
        (429, #"{"code":"SLOW_DOWN","message":"please"}"#, "throttled"), (503, "<html>", "unavailable"),
        (502, "", "server-error"), (503, #"{"balance":5,"currency":"GBP"}"#, "unavailable"),
        (401, "no", "invalid-credentials"),
    ])
    func `an error in words that nobody knows, by its status`(status: Int, body: String, condition: String) async throws
    {
        let scenario = "guarantees: [{grn: 23GB0000010000854, balance: 1, v2: {status: \(status), body: '\(body)'}}]"
        let answer = try await Clients.talking(scenario) { try await $0.v2.ask(Clients.question("23GB0000010000854")) }
        #expect(answer.message.kind == .serviceError)
        #expect(answer.message.condition == Condition(condition))
    }

    @Test func `the last of members that stand twice`() async throws {
        let body = #"{"balance":5,"currency":"GBP","balance":6}"#
        let scenario = "guarantees: [{grn: 23GB0000010000854, balance: 1, v2: {status: 200, body: '\(body)'}}]"
        let answer = try await Clients.talking(scenario) { try await $0.v2.ask(Clients.question("23GB0000010000854")) }
        #expect(answer.message.guarantees.first?.balance?.lexeme == "6")
    }

    @Test func `a pending answer, though asking for it came too soon once`() async throws {
        let scenario = """
            guarantees: [{grn: 22GB0000010000313, holder: GB954131533000, balance: 7, v1: {after: 17}}]
            faults: [{api: v1, method: GET, calls: [2], condition: throttled}]
            """
        let answer = try await Clients.talking(scenario) { try await $0.v1.ask(Clients.question()) }
        #expect(answer.message.guarantees.first?.balance?.lexeme == "7")
    }

    @Test func `a withdrawn v1.0`() async throws {
        let answer = try await Clients.talking("v1: {withdrawn: true}") { try await $0.v1.ask(Clients.question()) }
        #expect(answer.message.condition == Condition("gone"))
        #expect(answer.exchanges.count == 1)
    }

    @Test func `a question that a version can't be asked`() async throws {
        let errors = try await Clients.talking { clients in
            let v1 = await #expect(throws: ClientError.self) { try await clients.v1.ask(Clients.question(tin: nil)) }
            let v2 = await #expect(throws: ClientError.self) {
                try await clients.v2.ask(Clients.question("../../oauth/token?"))
            }
            let log = await clients.simulator.log
            #expect(log.count == 0)
            return [v1, v2]
        }
        #expect(errors.map { $0?.code } == [.invalidQuestion, .invalidQuestion])
    }
}

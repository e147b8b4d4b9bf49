import GuaranteeClients
import NetworkSupport
import Simulator
import Testing
import Translation

@Suite(.timeLimit(.minutes(2))) struct `Questions that are the same` {
    private static let question = V1Question("24GB0000020000113", tin: "GB111111111111", accessCode: "AC01")
    private static let answer = #"{"response":{"balance":12.5,"currency":"GBP"}}"#
    private static let scenario = """
        guarantees: [{grn: 24GB0000020000113, balance: 12.5, v2: [{calls: 1, delay: 5}, {balance: 99}]}]
        """

    /// What is asked beside the question, each different in one thing.
    private static let others: [V1Question] = [
        question.by("other-token"), V1Question(question.grn, tin: "GB222222222222", accessCode: "AC01"),
        V1Question(question.grn, tin: question.tin, accessCode: "AC02"),
        V1Question(question.grn.lowercased(), tin: question.tin, accessCode: "AC01"),
    ]

    @Test func `are put once while they are under way, and others are not taken for them`() async throws {
        let clock = VirtualClock()
        try await withServedGateway(Self.scenario, clock: clock) { served in
            let answers = try await clock.waiting {
                try await withThrowingTaskGroup(of: ExchangeResponse.self) { group in
                    for _ in 0..<20 { group.addTask { try await served.sendNow(Self.question.request) } }
                    try await eventually("it is under way") { await served.calls(about: Self.question.grn) == 1 }
                    for other in Self.others {
                        let response = try await served.sendNow(other.request)
                        #expect(response.text != Self.answer)
                        #expect(response.headers["Age"] == nil)
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
            }
            #expect(answers.allSatisfy { $0.text == Self.answer })
            // Its own question, and the other token's.
            #expect(await served.calls(about: Self.question.grn) == 2)
        }
    }

    @Test func `are locked when they come one after the other`() async throws {
        try await withServedGateway(Self.scenario) { served in
            #expect(try await served.send(Self.question.request).text == Self.answer)
            let again = try await served.send(Self.question.request)
            #expect(again.text == #"{"code":"TOO_MANY_REQUESTS","message":"Too many requests"}"#)
            #expect(again.headers["Age"] == nil)
            #expect(await served.calls(about: Self.question.grn) == 1)
        }
    }

    @Test func `are answered again from the last answer where that is wanted, which says how old it is`() async throws {
        let clock = VirtualClock()
        try await withServedGateway(Self.scenario, ["reuse-within": "30"], clock: clock) { served in
            let first = try await served.send(Self.question.request)
            #expect(first.text == Self.answer)
            #expect(first.headers["Age"] == nil)
            try await clock.advance(by: .seconds(10))
            let again = try await served.send(Self.question.request)
            #expect(again.text == Self.answer)
            #expect(again.headers["Age"] == "10")
            for other in Self.others {
                let response = try await served.send(other.request)
                #expect(response.text != Self.answer)
                #expect(response.headers["Age"] == nil)
            }
            try await clock.advance(by: .seconds(20))
            #expect(try await served.send(Self.question.request).status == 429)
        }
    }

    @Test func `are the same in JSON and in XML`() async throws {
        let clock = VirtualClock()
        let context = try XMLContext()
        var query = XMLQuery(Self.question.grn, accessCode: "AC01")
        query.tin = Self.question.tin
        let xml = query.request
        let flags = context.flags.merging(["reuse-within": "30"]) { first, _ in first }
        try await withServedGateway(Self.scenario, flags, clock: clock) { served in
            #expect(try await served.send(Self.question.request).text == Self.answer)
            try await clock.advance(by: .seconds(3))
            let response = try await served.send(xml)
            #expect(response.headers["Age"] == "3")
            #expect(try XMLAnswer(response)["GUAREF2/EXPEXP/BalEXP3"] == "12.5")
        }
    }

    @Test func `are asked anew after a failure, which is no answer`() async throws {
        let scenario =
            "guarantees: [{grn: 24GB0000020000113, balance: 12.5, v2: [{calls: 1, drop: true}, {balance: 1}]}]"
        let clock = VirtualClock()
        try await withServedGateway(scenario, ["reuse-within": "300"], clock: clock) { served in
            #expect(try await served.send(Self.question.request).status == 500)
            try await clock.advance(by: .seconds(61))
            let again = try await served.send(Self.question.request)
            #expect(again.text == #"{"response":{"balance":1,"currency":"GBP"}}"#)
        }
    }
}

import NetworkSupport
import Testing
import Translation

@Suite(.timeLimit(.minutes(2))) struct `A query that takes too long` {
    private static let grn = "24GB0000020000113"
    private static let query = XMLQuery(grn)

    /// What `GET` brings after a while.
    private func later(
        _ plan: String, accept: String, after wait: Duration = .seconds(60),
        _ check: @Sendable @escaping (_ pending: ExchangeResponse, _ later: ExchangeResponse) throws -> Void
    ) async throws {
        let context = try XMLContext()
        let scenario = "guarantees: [{grn: \(Self.grn), balance: 1234.5, v2: \(plan)}]"
        try await withServedGateway(scenario, context.flags) { served in
            let pending = try await served.send(Self.query.request)
            #expect(pending.status == 202)
            try await served.clock?.advance(by: wait)
            let path = try #require(pending.headers["Location"])
            let question = ExchangeRequest(
                method: "GET", path: path,
                headers: ["Accept": accept, "Authorization": "Bearer \(V1Question.clientToken)"])
            try check(pending, try await served.send(question))
        }
    }

    @Test func `is told of as in JSON, and answered in XML to who asks for XML`() async throws {
        try await later("{delay: 40}", accept: "application/xml") { pending, later in
            #expect(pending.headers["Content-Type"] == "application/json")
            #expect(pending.text.contains(#""balanceId":""#))
            let answer = try XMLAnswer(later)
            #expect(answer.message == "CD037A")
            #expect(answer.belongs(to: Self.query))
            #expect(answer["GUAREF2/EXPEXP/BalEXP3"] == "1234.5")
            #expect(later.synthesised.contains("GUAREF2/AccDatREF24"))
        }
    }

    @Test func `and in JSON to who asks for v1.0's JSON`() async throws {
        try await later("{delay: 40}", accept: "application/vnd.hmrc.1.0+json") { _, later in
            #expect(later.status == 200)
            #expect(later.text.contains(#""response":{"balance":1234.5,"currency":"GBP","status":"SUCCESS"}"#))
            #expect(!later.text.contains("AC01"))
        }
    }

    @Test func `is pending in XML too, until it is answered`() async throws {
        try await later("{delay: 4000}", accept: "application/xml", after: .seconds(1)) { pending, later in
            #expect(later.status == 202)
            #expect(later.headers["Location"] == pending.headers["Location"])
            #expect(later.body == pending.body)
        }
    }

    @Test func `is refused in XML`() async throws {
        try await later("{delay: 40, condition: not-found}", accept: "text/xml") { _, later in
            let answer = try XMLAnswer(later)
            #expect(answer.belongs(to: Self.query))
            #expect(
                answer.errors == ["12 GRR(1).Guarantee reference number (GRN)", "12 GRR(1).ACC(1).Access code"])
        }
    }

    @Test(arguments: ["application/xml", "application/vnd.hmrc.1.0+json"])
    func `fails as v1.0 failed`(accept: String) async throws {
        try await later("{delay: 40, condition: server-error}", accept: accept) { _, later in
            #expect(later.status == 500)
            #expect(later.text == #"{"message":"Internal server error","code":"INTERNAL_SERVER_ERROR"}"#)
        }
    }

    @Test func `is the same message however often it is asked for`() async throws {
        let context = try XMLContext()
        let scenario = "guarantees: [{grn: \(Self.grn), balance: 1, v2: {delay: 40}}]"
        try await withServedGateway(scenario, context.flags) { served in
            let path = try #require(try await served.send(Self.query.request).headers["Location"])
            try await served.clock?.advance(by: .seconds(60))
            var bodies: [[UInt8]] = []
            for _ in 0..<3 {
                let question = ExchangeRequest(
                    method: "GET", path: path,
                    headers: ["Accept": "application/xml", "Authorization": "Bearer \(V1Question.clientToken)"])
                bodies.append(try await served.send(question).body)
                try await served.clock?.advance(by: .seconds(90))
            }
            #expect(Set(bodies).count == 1)
            #expect(!bodies[0].isEmpty)
        }
    }

    /// JSON's state has one guarantee and a tax identifier.
    @Test(arguments: ["GB-12", nil, "two"]) func `is told in XML alone where JSON has no words for it`(tin: String?)
        async throws
    {
        var query = XMLQuery(Self.grn)
        if tin == "two" {
            query.guarantees.append(.init(grn: "24GB0000020000121", accessCode: "AC01"))
        } else {
            query.tin = tin
        }
        let (asked, context) = (query, try XMLContext())
        let scenario =
            "guarantees: [{grn: \(Self.grn), balance: 1, v2: {delay: 40}}, {grn: 24GB0000020000121, balance: 2}]"
        try await withServedGateway(scenario, context.flags) { served in
            let path = try #require(try await served.send(asked.request).headers["Location"])
            func state(_ accept: String) async throws -> ExchangeResponse {
                try await served.send(
                    ExchangeRequest(
                        method: "GET", path: path,
                        headers: ["Accept": accept, "Authorization": "Bearer \(V1Question.clientToken)"]))
            }
            #expect(try await state("application/vnd.hmrc.1.0+json").status == 406)
            #expect(try await state("application/xml").status == 202)
            for _ in 0..<4 { try await served.clock?.advance(by: .seconds(30)) }
            #expect(try await state("application/vnd.hmrc.1.0+json").status == 406)
            #expect(try XMLAnswer(try await state("application/xml")).message == "CD037A")
        }
    }

    @Test func `is told of to who accepts either alone`() async throws {
        try await later("{delay: 40}", accept: "text/html") { _, later in
            #expect(later.status == 406)
        }
    }

    @Test func `that was put in JSON is answered in JSON, whatever is accepted`() async throws {
        let context = try XMLContext()
        let scenario = "guarantees: [{grn: \(Self.grn), balance: 1234.5, v2: {delay: 40}}]"
        let question = V1Question(Self.grn, accessCode: "AC01")
        try await withServedGateway(scenario, context.flags) { served in
            let pending = try await served.send(question.request)
            try await served.clock?.advance(by: .seconds(60))
            var request = question.state(at: try #require(pending.headers["Location"]))
            request.headers["Accept"] = "application/xml, application/vnd.hmrc.1.0+json"
            let later = try await served.send(request)
            #expect(later.headers["Content-Type"] == "application/json")
            #expect(later.text.contains(#""balance":1234.5"#))
        }
    }
}

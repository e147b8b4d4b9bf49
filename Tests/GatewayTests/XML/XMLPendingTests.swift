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

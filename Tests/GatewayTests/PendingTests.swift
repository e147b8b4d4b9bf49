import Foundation
import GuaranteeClients
import NetworkSupport
import Simulator
import Testing
import Translation

@Suite(.timeLimit(.minutes(2))) struct `A question that takes longer than 15 seconds` {
    private static let grn = "24GB0000020000113"
    private static let question = V1Question(grn, accessCode: "AC01")

    private func withSlow(
        _ plan: String, _ body: @Sendable @escaping (ServedGateway, VirtualClock) async throws -> Void
    ) async throws {
        let clock = VirtualClock()
        let scenario = "published: true\nguarantees: [{grn: \(Self.grn), balance: 12.5, v2: \(plan)}]"
        try await withServedGateway(scenario, clock: clock) { try await body($0, clock) }
    }

    /// What `GET` brings the client that asks.
    private func state(
        _ pending: ExchangeResponse, by token: String = V1Question.clientToken, of served: ServedGateway
    ) async throws -> ExchangeResponse {
        try await served.sendNow(Self.question.by(token).state(at: try #require(pending.headers["Location"])))
    }

    @Test func `is pending, and then answered, and v2.0 is asked once`() async throws {
        try await withSlow("{delay: 40}") { served, clock in
            let pending = try await served.send(Self.question.request)
            #expect(pending.status == 202)
            let before = try await state(pending, of: served)
            #expect(before.status == 200)
            #expect(before.text.contains(#""taxIdentifier":"GB111111111111","guaranteeReference":"24GB0000020000113""#))
            #expect(!before.text.contains("response"))
            try await clock.advance(by: .seconds(30))
            try await eventually("it is answered") {
                try await state(pending, of: served).text.contains(
                    #""response":{"balance":12.5,"currency":"GBP","status":"SUCCESS"}"#)
            }
            #expect(await served.calls(about: Self.grn) == 1)
            #expect(!(try await state(pending, of: served)).text.contains("AC01"))
        }
    }

    @Test func `is told of to the token that made it alone`() async throws {
        try await withSlow("{delay: 40}") { served, clock in
            let pending = try await served.send(Self.question.request)
            for when in [Duration.zero, .seconds(60)] {
                try await clock.advance(by: when)
                for token in ["another", V1Question.clientToken + " ", V1Question.clientToken.uppercased()] {
                    let other = try await state(pending, by: token, of: served)
                    #expect(other.status == (token.hasSuffix(" ") ? 200 : 404))
                    #expect(other.text.contains("NOT_FOUND") != token.hasSuffix(" "))
                }
                #expect(try await state(pending, of: served).status == 200)
            }
        }
    }

    @Test func `is kept for an hour`() async throws {
        try await withSlow("{delay: 40}") { served, clock in
            let pending = try await served.send(Self.question.request)
            try await clock.advance(by: .seconds(3500))
            #expect(try await state(pending, of: served).status == 200)
            try await clock.advance(by: .seconds(100))
            let gone = try await state(pending, of: served)
            #expect(gone.status == 404)
            #expect(gone.text.contains("NOT_FOUND"))
        }
    }

    @Test func `holds nobody up who asks something else`() async throws {
        try await withSlow("{delay: 40}") { served, _ in
            async let pending = served.send(Self.question.request)
            let healthy = try await served.sendNow(V1Question.published.request)
            #expect(healthy.text == V1Question.publishedAnswer)
            #expect(try await pending.status == 202)
            // Asked again, it is locked, as v1.0 had it.
            let again = try await served.sendNow(Self.question.request)
            #expect(again.status == 429)
        }
    }

    @Test(arguments: [("{delay: 40, drop: true}", 500), ("{delay: 40, condition: unavailable}", 500)])
    func `fails as v1.0 failed where v2.0 fails`(plan: String, status: Int) async throws {
        try await withSlow(plan) { served, clock in
            let pending = try await served.send(Self.question.request)
            #expect(pending.status == 202)
            try await clock.advance(by: .seconds(30))
            try await eventually("it has failed") { try await state(pending, of: served).status == status }
        }
    }

    @Test func `is not known by any other id`() async throws {
        try await withSlow("{delay: 40}") { served, _ in
            let pending = try await served.send(Self.question.request)
            let path = try #require(pending.headers["Location"])
            let id = try #require(path.split(separator: "/").last)
            let mine = ["Accept": "application/vnd.hmrc.1.0+json", "Authorization": "Bearer \(V1Question.clientToken)"]
            func ask(_ id: String) async throws -> Int {
                var request = ExchangeRequest(method: "GET", path: "\(V1Question.path)/\(id)")
                for (name, value) in mine { request.headers.append(name, value) }
                return try await served.sendNow(request).status
            }
            #expect(try await ask(id.uppercased()) == 200)
            #expect(try await ask(UUID().uuidString) == 404)
            for other in ["\(id)0", "%00\(id)", "x", "\(id)%27%20OR%20''='"] { #expect(try await ask(other) == 400) }
            #expect(try await ask("\(id)/\(id)") == 404)
        }
    }
}

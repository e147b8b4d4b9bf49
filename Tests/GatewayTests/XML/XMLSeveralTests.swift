import GuaranteeClients
import NetworkSupport
import Simulator
import Testing
import Translation

/// By the real time: between two of v2.0's calls the gateway waits as long as the platform wants it to.
@Suite(.timeLimit(.minutes(2))) struct `A query about several guarantees` {
    private static let published = [
        (grn: "23GB0000010000854", accessCode: "AC01"), (grn: "23GB0000010000863", accessCode: "AC01"),
        (grn: "23XI0000010000664", accessCode: "AC01"),
    ]

    @Test func `is answered about all of them, in their order`() async throws {
        let context = try XMLContext()
        let query = XMLQuery(Self.published)
        try await withServedGateway("published: true", context.flags, clock: nil) { served in
            let answer = try XMLAnswer(try await served.send(query.request))
            #expect(answer.message == "CD037A")
            #expect(answer.belongs(to: query))
            #expect(answer.all("GUAREF2/GuaRefNumGRNREF21") == Self.published.map(\.grn))
            #expect(answer.all("GUAREF2/EXPEXP/BalEXP3") == ["262626", "10000", "50000"])
        }
    }

    @Test(arguments: [
        (
            1, "AC00", "24GB0000020000122",
            ["12 GRR(2).Guarantee reference number (GRN)", "12 GRR(2).ACC(1).Access code"]
        ),
        (2, "AC01", "24GB0000020000113", ["14 GRR(3).GQY(1).Query identifier"]),
        (0, "AC01", "24DE0000020000113", ["12 GRR(1).Guarantee reference number (GRN)"]),
    ])
    func `is refused where one is, which the pointer tells`(
        place: Int, accessCode: String, grn: String, errors: [String]
    ) async throws {
        let context = try XMLContext()
        var guarantees = Self.published
        guarantees[place] = (grn, accessCode)
        let query = XMLQuery(guarantees)
        let scenario =
            "published: true\nguarantees: [{grn: 24GB0000020000113, type: 2, balance: 1}, {grn: 24GB0000020000122, balance: 1}]"
        try await withServedGateway(scenario, context.flags, clock: nil) { served in
            let answer = try XMLAnswer(try await served.send(query.request))
            #expect(answer.message == "CD906A")
            #expect(answer.belongs(to: query))
            #expect(answer.errors == errors)
        }
    }

    @Test func `is refused with all reasons of all of them`() async throws {
        let context = try XMLContext()
        let query = XMLQuery(Self.published.map { ($0.grn, "AC00") })
        try await withServedGateway("published: true", context.flags, clock: nil) { served in
            let answer = try XMLAnswer(try await served.send(query.request))
            #expect(
                answer.errors
                    == (1...3).flatMap {
                        ["12 GRR(\($0)).Guarantee reference number (GRN)", "12 GRR(\($0)).ACC(1).Access code"]
                    })
        }
    }

    @Test func `asks v2.0 once about one that is named twice`() async throws {
        let context = try XMLContext()
        let query = XMLQuery([Self.published[0], Self.published[1], Self.published[0]])
        try await withServedGateway("published: true", context.flags, clock: nil) { served in
            let answer = try XMLAnswer(try await served.send(query.request))
            #expect(answer.all("GUAREF2/EXPEXP/BalEXP3") == ["262626", "10000", "262626"])
            #expect(await served.calls(about: Self.published[0].grn) == 1)
        }
    }

    @Test func `bears v2.0's lock where one is named twice with other access codes`() async throws {
        let context = try XMLContext()
        let query = XMLQuery([Self.published[0], (Self.published[0].grn, "AC00")])
        try await withServedGateway("published: true", context.flags, clock: nil) { served in
            let response = try await served.send(query.request)
            #expect(response.status == 429)
        }
    }

    @Test func `fails as a whole where v2.0 fails about one`() async throws {
        let context = try XMLContext()
        let query = XMLQuery(Self.published)
        let scenario = "published: true\nfaults: [{api: v2, calls: [2], condition: server-error}]"
        try await withServedGateway(scenario, context.flags, clock: nil) { served in
            let response = try await served.send(query.request)
            #expect(response.status == 500)
            #expect(response.text == #"{"message":"Internal server error","code":"INTERNAL_SERVER_ERROR"}"#)
        }
    }

    @Test func `keeps within what the platform lets one application ask`() async throws {
        let context = try XMLContext()
        let grns = (0..<5).map { "24GB00000200001\($0)0" }
        let query = XMLQuery(grns.map { ($0, "AC01") })
        let list = grns.map { "{grn: \($0), balance: 5}" }.joined(separator: ", ")
        // The platform's limit, as it is.
        try await withSimulator("guarantees: [\(list)]") { simulator in
            let flags = context.flags.merging(["upstream": simulator.url.description]) { first, _ in first }
            try await withGateway(flags) { gateway in
                let client = try await RawClient.connect(to: gateway.port)
                try await client.send(query.request.raw)
                #expect(await client.answer()?.status == 200)
                #expect(await simulator.log.brokenLimits == 0)
            }
        }
    }
}

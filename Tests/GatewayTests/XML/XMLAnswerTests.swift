import Foundation
import NetworkSupport
import Testing
import Translation

@Suite(.timeLimit(.minutes(2))) struct `NCTS4's XML is answered` {
    /// What NCTS4's answer holds, and neither v2.0 nor the query tells.
    private static let madeUp: Set = [
        "IntConRefMES11", "MesIdeMES19", "CUSTOFFGUARNT/RefNumRNT1", "GUAREF2/AccDatREF24", "GUAREF2/GuaTypREF22",
        "GUAREF2/GuaMonCodREF23", "GUAREF2/EXPEXP/ExpEXP1", "GUAREF2/EXPEXP/ExpCouEXP2",
    ]
    /// What they tell, or what is the same in all answers, or is the moment at which it was written.
    private static let known: Set = [
        "SynIdeMES1", "SynVerNumMES2", "MesSenMES3", "MesRecMES6", "DatOfPreMES9", "TimOfPreMES10", "MesTypMES20",
        "TRAPRIRC1/TINRC159", "GUAREF2/GuaRefNumGRNREF21", "GUAREF2/GUAQUE/QueIdeQUE1", "GUAREF2/EXPEXP/BalEXP3",
        "GUAREF2/EXPEXP/CurEXP4",
    ]

    @Test(arguments: ["application/xml", "text/xml", "Application/XML; charset=UTF-8"])
    func `with a balance, whatever XML is called`(type: String) async throws {
        let context = try XMLContext()
        let query = XMLQuery()
        try await withServedGateway("published: true", context.flags) { served in
            let response = try await served.send(XMLQuery.request(query.text, type: type))
            let answer = try XMLAnswer(response)
            #expect(answer.message == "CD037A")
            #expect(answer.belongs(to: query))
            #expect(answer["GUAREF2/EXPEXP/BalEXP3"] == "262626")
            #expect(answer["GUAREF2/EXPEXP/CurEXP4"] == "GBP")
            #expect(answer["GUAREF2/GuaRefNumGRNREF21"] == "23GB0000010000854")
            #expect(answer["TRAPRIRC1/TINRC159"] == "GB954131533000")
            #expect(answer["GUAREF2/AccDatREF24"] == "20200131")
            #expect(answer["GUAREF2/GuaTypREF22"] == "9")
            #expect(answer["CUSTOFFGUARNT/RefNumRNT1"] == "GB000060")
            #expect(!response.text.contains("AC01"))
        }
    }

    @Test func `and each leaf is told, or said to be made up`() async throws {
        let context = try XMLContext()
        try await withServedGateway("published: true", context.flags) { served in
            let response = try await served.send(XMLQuery().request)
            #expect(response.synthesised == Self.madeUp)
            #expect(try XMLAnswer(response).leaves == Self.madeUp.union(Self.known))
        }
    }

    @Test func `in any envelope`() async throws {
        let context = try XMLContext()
        let answers = try XMLQuery.sample("envelopes/soap.xml")
        let start = try #require(answers.range(of: "<CD037A>")).lowerBound
        let end = try #require(answers.range(of: "</CD037A>")).upperBound
        let envelopes = [
            try XMLQuery.sample("envelopes/transitRequest.xml"),
            answers.replacingCharacters(in: start..<end, with: XMLQuery("22GB0000010000313").text),
        ]
        for (number, envelope) in envelopes.enumerated() {
            try await withServedGateway("published: true", context.flags) { served in
                let answer = try XMLAnswer(try await served.send(XMLQuery.request(envelope, token: "client-\(number)")))
                #expect(answer.belongs(to: XMLQuery()))
                #expect(answer["GUAREF2/EXPEXP/BalEXP3"] == "50000")
            }
        }
    }

    @Test(arguments: [
        ("22GB0000010000313", "AC00", ["12 GRR(1).Guarantee reference number (GRN)", "12 GRR(1).ACC(1).Access code"]),
        ("23GB0000010000873", "AC01", ["12 GRR(1).Guarantee reference number (GRN)", "12 GRR(1).ACC(1).Access code"]),
        ("21DE0000010000313", "AC01", ["12 GRR(1).Guarantee reference number (GRN)"]),
        ("../x?y=1#%41", "AC01", ["12 GRR(1).Guarantee reference number (GRN)"]),
        ("22GB0000010000313", "A-?1", ["12 GRR(1).ACC(1).Access code"]),
        ("24GB0000020000113", "AC01", ["14 GRR(1).GQY(1).Query identifier"]),
    ])
    func `with a refusal`(grn: String, accessCode: String, errors: [String]) async throws {
        let context = try XMLContext()
        let query = XMLQuery(grn, accessCode: accessCode)
        let scenario = "published: true\nguarantees: [{grn: 24GB0000020000113, type: 2, balance: 1}]"
        try await withServedGateway(scenario, context.flags) { served in
            let response = try await served.send(query.request)
            let answer = try XMLAnswer(response)
            #expect(answer.message == "CD906A")
            #expect(answer.belongs(to: query))
            #expect(answer.errors == errors)
            #expect(answer.all("FUNERRER1/ErrReaER13") == (errors[0].hasPrefix("14") ? ["R261"] : []))
            #expect(response.synthesised == ["IntConRefMES11", "MesIdeMES19"])
            #expect(!response.text.contains(accessCode))
        }
    }

    @Test func `with what identifiers say, however they are spelled`() async throws {
        let context = try XMLContext()
        var query = XMLQuery()
        query.sender = "&lt;&amp;é \"'" + String(repeating: "x", count: 29)
        let request = query.request
        try await withServedGateway("published: true", context.flags) { served in
            let answer = try XMLAnswer(try await served.send(request))
            #expect(answer["MesRecMES6"] == "<&é \"'" + String(repeating: "x", count: 29))
        }
    }

    @Test func `of a query without a tax identifier`() async throws {
        let context = try XMLContext()
        var query = XMLQuery()
        query.tin = nil
        let request = query.request
        try await withServedGateway("published: true", context.flags) { served in
            let answer = try XMLAnswer(try await served.send(request))
            #expect(answer["TRAPRIRC1/TINRC159"] == nil)
            #expect(answer["GUAREF2/EXPEXP/BalEXP3"] == "262626")
        }
    }
}

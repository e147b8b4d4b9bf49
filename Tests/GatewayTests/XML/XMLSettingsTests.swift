import Foundation
import Gateway
import NetworkSupport
import TestSupport
import Testing
import Translation

@Suite(.timeLimit(.minutes(1))) struct `XML needs to know what v2.0 does not tell` {
    @Test func `and is not taken where no file tells it`() async throws {
        try await withServedGateway { served in
            let response = try await served.send(XMLQuery().request)
            #expect(response.status == 415)
            #expect(response.text == #"{"statusCode":415,"message":"Expecting text/json or application/json body"}"#)
            #expect(try await served.send(V1Question.published.request).text == V1Question.publishedAnswer)
        }
    }

    @Test(arguments: [
        ("accessDate: \"20200101\"\n", "guaranteeType"), ("guaranteeType: \"1\"\n", "accessDate"),
        ("tin: GB123456789012\n", "accessDate, guaranteeType"),
        ("accessDate: \"20200101\"\nguaranteeType: {23GB0000010000854: \"1\"}\n", "guaranteeType"),
        ("accessDate: yesterday\nguaranteeType: \"1\"\n", "AccDatREF24"),
        ("accessDate: \"20200101\"\nguaranteeType: \"1\"\noffice: London\n", "RefNumRNT1"),
    ])
    func `which is why one that does not is refused at the start`(text: String, missing: String) async throws {
        let context = try XMLContext(text)
        let error = try await #require(throws: GatewayError.self) {
            try await withGateway(context.flags.merging(["upstream": "http://127.0.0.1:1"]) { first, _ in first }) {
                _ in
            }
        }
        #expect(error.description.contains("context.yaml"))
        #expect(error.description.contains("is not enough to answer in XML"))
        #expect(error.description.contains(missing), "\(error)")
    }

    @Test(arguments: ["colour: red\n", "accessDate: {", "- 1\n"])
    func `and one that is none`(text: String) async throws {
        let context = try XMLContext(text)
        let error = try await #require(throws: (any Error).self) {
            try await withGateway(context.flags.merging(["upstream": "http://127.0.0.1:1"]) { first, _ in first }) {
                _ in
            }
        }
        #expect("\(error)".contains("context.yaml"))
    }

    @Test func `and takes what it says of each guarantee`() async throws {
        let context = try XMLContext(
            """
            accessDate: {23GB0000010000854: "20190101", default: "20200101"}
            guaranteeType: {23GB0000010000854: "0", default: "1"}
            """)
        try await withServedGateway("published: true", context.flags) { served in
            let first = try XMLAnswer(try await served.send(XMLQuery("23GB0000010000854").request))
            #expect(first["GUAREF2/AccDatREF24"] == "20190101")
            #expect(first["GUAREF2/GuaTypREF22"] == "0")
            let second = try XMLAnswer(try await served.send(XMLQuery("23GB0000010000863").request))
            #expect(second["GUAREF2/AccDatREF24"] == "20200101")
            #expect(second["GUAREF2/GuaTypREF22"] == "1")
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `XML may name another holder than who asks` {
    /// Both must hold the guarantee, where the list knows it.
    @Test(arguments: [
        ("GB111111111111", "GB111111111111", true), ("GB111111111111", "GB222222222222", true),
        ("GB111111111111", "GB333333333333", false), ("GB333333333333", "GB111111111111", false),
    ])
    func `and both are looked up`(asking: String, holder: String, isAnswered: Bool) async throws {
        let context = try XMLContext()
        let scratch = try ScratchFolder()
        let list = """
            grn,eori
            24GB0000020000113,GB111111111111
            24GB0000020000113,GB222222222222
            24GB0000020000121,GB333333333333
            """
        let holders = try scratch.write("holders.csv", Data(list.utf8))
        var flags = context.flags
        flags["holders"] = holders.path
        var query = XMLQuery("24GB0000020000113", accessCode: "AC01")
        query.tin = asking
        let asked = query.text.replacing("<TINOTG59>\(asking)<", with: "<TINOTG59>\(holder)<")
        try await withServedGateway("guarantees: [{grn: 24GB0000020000113, balance: 3}]", flags) { served in
            let answer = try XMLAnswer(try await served.send(XMLQuery.request(asked)))
            #expect(answer.message == (isAnswered ? "CD037A" : "CD906A"))
            if !isAnswered { #expect(answer.errors == ["12 GRR(1).OTG(1).TIN"]) }
        }
    }
}

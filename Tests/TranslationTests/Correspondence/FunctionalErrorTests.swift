import GuaranteeModel
import Testing

@testable import Translation

@Suite("NCTS's functional errors in v2.0's words")
struct FunctionalErrorTests {
    /// Errors and what v2.0 says: status, code, message; nil where it says nothing like it.
    static let rows: [(errors: [[String]], words: [String]?)] = [
        ([["14", Pointers.query, "R261"]], ["400", "INVALID_GUARANTEE_TYPE", Wordings.type]),
        ([["12", Pointers.grn]], ["404", "NOT_FOUND", Wordings.notFound]),
        ([["12", Pointers.accessCode]], ["404", "NOT_FOUND", Wordings.notFound]),
        ([["12", Pointers.grn], ["12", Pointers.accessCode]], ["404", "NOT_FOUND", Wordings.notFound]),
        // Contract 3.3: an unknown GRN, a wrong access code.
        (
            [["12", Pointers.grn], ["12", Pointers.owner], ["12", Pointers.accessCode]],
            ["404", "NOT_FOUND", Wordings.notFound]
        ),
        ([["12", Pointers.tin], ["12", Pointers.accessCode]], ["404", "NOT_FOUND", Wordings.notFound]),
        // Contract 3.3: an unknown EORI, an XI EORI with the GB GRN, a GB EORI with the XI GRN.
        ([["12", Pointers.tin], ["12", Pointers.owner], ["26", Pointers.tin]], nil),
        ([["12", Pointers.owner]], nil), ([["26", Pointers.tin]], nil), ([["12", Pointers.tin]], nil),
        // Any other functional error.
        ([["14", Pointers.query]], nil), ([["14", Pointers.query, "R262"]], nil), ([["12", "GRR(2).Something"]], nil),
        ([["13", Pointers.grn]], nil), ([["26", Pointers.grn]], nil),
    ]

    @Test("As XML", arguments: rows)
    func fromXML(errors: [[String]], words: [String]?) throws {
        try check(Conversions(to: .v2JSON), rejection(errors), words)
    }

    @Test("As v1.0's JSON", arguments: rows)
    func fromJSON(errors: [[String]], words: [String]?) throws {
        try check(Conversions(to: .v2JSON), functionalError(errors), words)
    }

    @Test("In a stored request", arguments: rows)
    func fromStoredRequest(errors: [[String]], words: [String]?) throws {
        let list = functionalError(errors).split(separator: #""errors":"#)[1].dropLast(2)
        let text = """
            {"balanceId":"22b9899e-24ee-48e6-a189-97d1f45391c4","taxIdentifier":"GB12345678",\
            "guaranteeReference":"20GB0000010000GX1","requestedAt":"2021-09-14T09:52:15Z",\
            "completedAt":"2021-09-14T09:52:16.5Z","response":{"errors":\(list),"status":"FUNCTIONAL_ERROR"}}
            """
        try check(Conversions(to: .v2JSON), text.replacingOccurrence(of: "16.5Z", with: "16.500Z"), words)
    }

    @Test("Between XML and v1.0's JSON every error stays what it is", arguments: rows)
    func betweenVersionsOfV1(errors: [[String]], words: [String]?) throws {
        let json = try Conversions(to: .v1JSON).convert(rejection(errors))
        #expect(json.text(at: "/status") == "400")
        #expect(json.text(at: "/body/code") == "FUNCTIONAL_ERROR")
        for (index, error) in errors.enumerated() {
            #expect(json.text(at: "/body/response/errors/\(index)/errorType") == error[0])
            #expect(json.text(at: "/body/response/errors/\(index)/errorPointer") == error[1])
            #expect(json.text(at: "/body/response/errors/\(index)/errorReason") == (error.count > 2 ? error[2] : nil))
        }
        let xml = try Conversions(to: .v1XML).convert(functionalError(errors))
        #expect(xml.reasons == errors.map { $0.joined(separator: " ") })
    }

    @Test("XML writes an error type with two digits, JSON as a number")
    func errorTypes() throws {
        #expect(try Conversions(to: .v1XML).convert(functionalError([["5", "RC1.TIN"]])).reasons == ["05 RC1.TIN"])
        let json = try Conversions(to: .v1JSON).convert(rejection([["05", "RC1.TIN"]]))
        #expect(json.text(at: "/body/response/errors/0/errorType") == "5")
    }

    private func check(_ conversions: Conversions, _ text: String, _ words: [String]?) throws {
        guard let words else {
            #expect(conversions.outcome(text) == "no-counterpart")
            return
        }
        #expect(try conversions.convert(text).words == words)
    }
}

extension String {
    func replacingOccurrence(of part: String, with other: String) -> String {
        split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    }
}

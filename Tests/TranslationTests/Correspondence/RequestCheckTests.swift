import GuaranteeModel
import Testing

@testable import Translation

@Suite("v1.0's complaints about a request, in v2.0's words")
struct RequestCheckTests {
    static let values: [(code: String, message: String, reason: String, v2: String?)] = [
        ("INVALID_TAX_IDENTIFIER", "Invalid tax identifier value", "Tax identifier must not be empty", nil),
        ("INVALID_TAX_IDENTIFIER", "Invalid tax identifier value", "Tax identifier must be alphanumeric", nil),
        (
            "INVALID_GUARANTEE_REFERENCE", "Invalid guarantee reference value",
            "Guarantee reference must not be empty", Wordings.format
        ),
        (
            "INVALID_GUARANTEE_REFERENCE", "Invalid guarantee reference value",
            "Guarantee reference has a maximum length of 24 characters", Wordings.format
        ),
        (
            "INVALID_ACCESS_CODE", "Invalid access code value", "Access code must be 4 characters in length",
            Wordings.maskedCode
        ),
        ("INVALID_ACCESS_CODE", "Invalid access code value", "Access code must be alphanumeric", Wordings.maskedCode),
    ]

    private func badRequest(_ entries: [(String, String, String)]) -> String {
        let items = entries.map { #"{"message":"\#($0.1)","reason":"\#($0.2)","code":"\#($0.0)"}"# }
        return #"{"message":"Bad request","errors":[\#(items.joined(separator: ","))],"code":"BAD_REQUEST"}"#
    }

    @Test("A field's value", arguments: values)
    func value(code: String, message: String, reason: String, v2: String?) throws {
        let text = badRequest([(code, message, reason)])
        guard let v2 else {
            #expect(Conversions(to: .v2JSON).outcome(text) == "no-counterpart")
            #expect(Conversions(to: .v1XML).outcome(text) == "no-counterpart")
            return
        }
        #expect(try Conversions(to: .v2JSON).convert(text).words == ["400", "BAD_REQUEST", v2])
        let pointer = code == "INVALID_ACCESS_CODE" ? Pointers.accessCode : Pointers.grn
        #expect(try Conversions(to: .v1XML).convert(text).reasons == ["12 \(pointer)"])
    }

    @Test("v2.0 looks at the GRN first")
    func several() throws {
        let all = Self.values.map { ($0.code, $0.message, $0.reason) }
        #expect(try Conversions(to: .v2JSON).convert(badRequest(all)).words[2] == Wordings.format)
        #expect(try Conversions(to: .v2JSON).convert(badRequest([all[0], all[5]])).words[2] == Wordings.maskedCode)
    }

    static let shapes: [(members: [String], v2: String?)] = [
        (["taxIdentifier"], nil), (["guaranteeReference"], Wordings.format), (["accessCode"], Wordings.noCode),
        (["taxIdentifier", "accessCode"], Wordings.noCode), (["accessCode", "guaranteeReference"], Wordings.format),
        (["taxIdentifier", "guaranteeReference", "accessCode"], Wordings.format),
    ]

    @Test("The shape of the JSON", arguments: shapes, ["Missing path", "String value expected"])
    func shape(_ row: (members: [String], v2: String?), _ why: String) throws {
        let items = row.members.map { #""$.\#($0)":["\#(why)"]"# }.joined(separator: ",")
        let text = #"{"code":"INVALID_REQUEST_JSON","message":"Invalid request JSON","errors":{\#(items)}}"#
        #expect(Conversions(to: .v1XML).outcome(text) == "no-counterpart")
        guard let v2 = row.v2 else {
            #expect(Conversions(to: .v2JSON).outcome(text) == "no-counterpart")
            return
        }
        #expect(try Conversions(to: .v2JSON).convert(text).words == ["400", "BAD_REQUEST", v2])
    }

    @Test("A pending answer and the question after it have no counterpart")
    func pending() {
        let id = "22b9899e-24ee-48e6-a189-97d1f45391c4"
        let texts = [
            #"{"_links":{"self":{"href":"/customs/guarantees/balances/\#(id)"}},"balanceId":"\#(id)"}"#,
            #"{"method":"GET","path":"/customs/guarantees/balances/\#(id)"}"#,
            """
            {"_links":{"self":{"href":"/customs/guarantees/balances/\(id)"}},"request":{"balanceId":"\(id)",\
            "taxIdentifier":"GB12345678","guaranteeReference":"20GB0000010000GX1","requestedAt":"2021-09-14T09:52:15Z"}}
            """,
        ]
        for text in texts {
            #expect(Conversions(to: .v2JSON).outcome(text) == "no-counterpart")
            #expect(Conversions(to: .v1XML).outcome(text) == "no-counterpart")
            #expect(Conversions(to: .v1JSON).outcome(text).hasPrefix("{"))
        }
    }
}

import GuaranteeModel
import Testing

@testable import Translation

@Suite("v2.0's refusals in v1.0's words")
struct V2RefusalTests {
    struct Row: Sendable {
        var status: String
        var code: String
        var message: String
        /// NCTS's errors; nil where XML says nothing like it.
        var reasons: [String]?
        /// v1.0's own code, where it is no functional error.
        var code1: String?
    }

    static let rows = [
        Row(
            status: "404", code: "NOT_FOUND", message: Wordings.notFound,
            reasons: ["12 \(Pointers.grn)", "12 \(Pointers.accessCode)"]),
        Row(
            status: "404", code: "NOT_FOUND", message: Wordings.oldNotFound,
            reasons: ["12 \(Pointers.grn)", "12 \(Pointers.accessCode)"]),
        Row(
            status: "400", code: "INVALID_GUARANTEE_TYPE", message: Wordings.type,
            reasons: ["14 \(Pointers.query) R261"]),
        Row(status: "400", code: "BAD_REQUEST", message: Wordings.format, reasons: ["12 \(Pointers.grn)"]),
        Row(status: "400", code: "BAD_REQUEST", message: Wordings.country, reasons: ["12 \(Pointers.grn)"]),
        Row(
            status: "400", code: "BAD_REQUEST", message: Wordings.badCode, reasons: ["12 \(Pointers.accessCode)"],
            code1: "BAD_REQUEST"),
        Row(
            status: "400", code: "BAD_REQUEST", message: Wordings.noCode, reasons: nil, code1: "INVALID_REQUEST_JSON"),
    ]

    private func text(_ row: Row) -> String { #"{"message":"\#(row.message)","code":"\#(row.code)"}"# }

    @Test("As XML they are CD906A", arguments: rows)
    func asXML(_ row: Row) throws {
        for text in [text(row), #"{"status":\#(row.status),"body":\#(text(row))}"#] {
            guard let reasons = row.reasons else {
                #expect(Conversions(to: .v1XML).outcome(text) == "no-counterpart")
                continue
            }
            let document = try Conversions(to: .v1XML).convert(text)
            #expect(document.name(of: WireTree.root) == "CD906A")
            #expect(document.reasons == reasons)
        }
    }

    @Test("As v1.0's JSON", arguments: rows)
    func asJSON(_ row: Row) throws {
        let document = try Conversions(to: .v1JSON).convert(text(row))
        #expect(document.text(at: "/status") == "400")
        #expect(document.text(at: "/body/code") == row.code1 ?? "FUNCTIONAL_ERROR")
        if row.code1 == nil {
            let count = row.reasons?.count ?? 0
            let found = (0..<count).map { index in
                ["errorType", "errorPointer", "errorReason"].compactMap {
                    document.text(at: "/body/response/errors/\(index)/\($0)")
                }.joined(separator: " ")
            }
            #expect(found == row.reasons)
            #expect(document.text(at: "/body/response/errors/\(count)/errorType") == nil)
        }
    }

    @Test("A malformed access code becomes v1.0's INVALID_ACCESS_CODE, and is never repeated")
    func malformedAccessCode() throws {
        let conversion = try Conversions(to: .v1JSON).conversion(of: text(Self.rows[5]))
        let document = conversion.document
        #expect(document.text(at: "/body/message") == "Bad request")
        #expect(document.text(at: "/body/errors/0/code") == "INVALID_ACCESS_CODE")
        #expect(document.text(at: "/body/errors/0/message") == "Invalid access code value")
        #expect(!String(decoding: try document.serialised(), as: UTF8.self).contains("AC-1"))
        #expect(conversion.accounting.written[0].contains(.ambiguous))
        let same = try Conversions(to: .v2JSON).convert(text(Self.rows[5]))
        #expect(same.text(at: "/body/message") == Wordings.maskedCode)
    }

    @Test("A missing access code becomes v1.0's INVALID_REQUEST_JSON")
    func missingAccessCode() throws {
        let document = try Conversions(to: .v1JSON).convert(text(Self.rows[6]))
        #expect(document.text(at: "/body/message") == "Invalid request JSON")
        #expect(document.text(at: "/body/errors/$.accessCode/0") == "Missing path")
    }

    @Test("Which of the two errors behind NOT_FOUND was meant is not known")
    func notFoundIsAmbiguous() throws {
        let conversion = try Conversions(to: .v1XML).conversion(of: text(Self.rows[0]))
        #expect(conversion.accounting.written[0].count { $0 == .ambiguous } == 4)
        let merged = try Conversions(to: .v2JSON).conversion(of: rejection([["12", Pointers.grn]]))
        #expect(merged.accounting.read.count { $0 == .merged } == 2)
    }
}

import GuaranteeModel
import Testing

@testable import Translation

@Suite("What looser systems have stored is converted leniently, with a remark, and rejected strictly")
struct LenientTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var target = MessageFormat.v2JSON
        var strict = "schema"
        var remark: String
    }

    private static func answer(
        _ change: (String) -> String = { $0 }, grn: String = "20GB0000010000GX1", type: String = "1"
    ) -> String {
        change(
            """
            <CD037A><SynIdeMES1>UNOC</SynIdeMES1><SynVerNumMES2>3</SynVerNumMES2><MesSenMES3>NTA.GB</MesSenMES3>\
            <MesRecMES6>MDTP-GUA-0123456789abcdef01234567</MesRecMES6><DatOfPreMES9>20210914</DatOfPreMES9>\
            <TimOfPreMES10>0952</TimOfPreMES10><IntConRefMES11>abcdefghij1234</IntConRefMES11>\
            <MesIdeMES19>abcdefghij1234</MesIdeMES19><MesTypMES20>GB037A</MesTypMES20>\
            <CUSTOFFGUARNT><RefNumRNT1>GB000001</RefNumRNT1></CUSTOFFGUARNT>\
            <GUAREF2><GuaRefNumGRNREF21>\(grn)</GuaRefNumGRNREF21><AccDatREF24>20210101</AccDatREF24>\
            <GuaTypREF22>\(type)</GuaTypREF22><GuaMonCodREF23>1</GuaMonCodREF23><GUAQUE><QueIdeQUE1>2</QueIdeQUE1></GUAQUE>\
            <EXPEXP><ExpEXP1>1</ExpEXP1><ExpCouEXP2>1</ExpCouEXP2><BalEXP3>50000.10</BalEXP3><CurEXP4>GBP</CurEXP4></EXPEXP>\
            </GUAREF2></CD037A>
            """)
    }

    private static let errors = [["12", Pointers.grn], ["12", Pointers.accessCode]]

    static let cases = [
        Case(
            testDescription: "an over-long reference",
            text: answer { $0.replacingOccurrence(of: "<IntConRefMES11>abc", with: "<IntConRefMES11>abcabcabc") },
            remark: "length"),
        Case(
            testDescription: "an unknown element",
            text: answer { $0.replacingOccurrence(of: "<MesTypMES20>", with: "<New>1</New><MesTypMES20>") },
            remark: "unknown-element"),
        Case(
            testDescription: "an unknown group with groups in it",
            text: answer { $0.replacingOccurrence(of: "<GUAQUE>", with: "<N><M a='1'><O/></M> x </N><GUAQUE>") },
            remark: "unknown-element"),
        Case(
            testDescription: "an attribute",
            text: answer { $0.replacingOccurrence(of: "<MesTypMES20>", with: "<MesTypMES20 xsi:type='T'>") },
            remark: "unknown-element"),
        Case(
            testDescription: "an attribute of the root",
            text: answer { $0.replacingOccurrence(of: "<CD037A>", with: "<CD037A xmlns='urn:x' v='1'>") },
            remark: "unknown-element"),
        Case(
            testDescription: "elements in another order",
            text: answer {
                $0.replacingOccurrence(of: "<MesSenMES3>NTA.GB</MesSenMES3>", with: "")
                    .replacingOccurrence(of: "<MesTypMES20>", with: "<MesSenMES3>NTA.GB</MesSenMES3><MesTypMES20>")
            },
            remark: "order"),
        Case(
            testDescription: "a missing element",
            text: answer { $0.replacingOccurrence(of: "<AccDatREF24>20210101</AccDatREF24>", with: "") },
            remark: "missing"),
        Case(
            testDescription: "a text between elements",
            text: answer { $0.replacingOccurrence(of: "<GUAREF2>", with: "<GUAREF2>stray") }, remark: "unknown-element"),
        Case(
            testDescription: "a date that is none",
            text: answer { $0.replacingOccurrence(of: ">20210101<", with: ">2021-01-01<") }, remark: "length"),
        Case(
            testDescription: "an error without type",
            text: rejection(errors).replacingOccurrence(
                of: "<ErrTypER11>12</ErrTypER11><ErrPoiER12>GRR(1).G", with: "<ErrPoiER12>GRR(1).G"),
            remark: "incomplete-error"),
        Case(
            testDescription: "an error without pointer",
            text: rejection(errors).replacingOccurrence(of: "<ErrPoiER12>\(Pointers.grn)</ErrPoiER12>", with: ""),
            remark: "incomplete-error"),
        Case(
            testDescription: "a reference to the original of 35 characters",
            text: rejection(errors).replacingOccurrence(
                of: "abcdefghij5678", with: "MDTP-GUA-0123456789abcdef0123456-01"),
            remark: "length"),
        Case(
            testDescription: "a free text as an error's reason",
            text: rejection([["12", Pointers.grn, "No such guarantee is known"]]), remark: "length"),
        Case(
            testDescription: "a GRN of another country", text: answer(grn: "20DE0000010000GX1"),
            strict: "no-counterpart",
            remark: "no-counterpart"),
        Case(
            testDescription: "a voucher's GRN", text: answer(grn: "05DE3300BE0001067A001017"), strict: "no-counterpart",
            remark: "no-counterpart"),
        Case(
            testDescription: "a guarantee type without balances", text: answer(type: "4"), strict: "no-counterpart",
            remark: "no-counterpart"),
        Case(
            testDescription: "duplicate members", text: #"{"balance":1,"balance":2.50,"currency":"GBP"}"#,
            target: .v1JSON,
            strict: "malformed-json", remark: "duplicate-member"),
        Case(
            testDescription: "duplicate members that are objects",
            text: #"{"response":{"balance":1,"x":[1]},"response":{"balance":2,"currency":"GBP"}}"#,
            strict: "malformed-json", remark: "duplicate-member"),
        Case(
            testDescription: "an access code of five characters",
            text: #"{"taxIdentifier":"GB1","guaranteeReference":"20GB0000010000GX1","accessCode":"AC012"}"#,
            target: .v1XML, remark: "pattern"),
        Case(
            testDescription: "a tax identifier of 18 characters",
            text:
                #"{"taxIdentifier":"GB1234567890123456","guaranteeReference":"20GB0000010000GX1","accessCode":"AC01"}"#,
            remark: "pattern"),
        Case(
            testDescription: "a currency in small letters", text: #"{"balance":1,"currency":"gbp"}"#, target: .v1JSON,
            remark: "pattern"),
    ]

    @Test("Strictly it is rejected", arguments: cases)
    func strictly(_ this: Case) {
        #expect(Conversions(to: this.target).outcome(this.text) == this.strict)
    }

    @Test("Leniently it is converted, with a remark, and undone exactly", arguments: cases)
    func leniently(_ this: Case) throws {
        let conversions = Conversions(to: this.target, isLenient: true)
        let conversion = try conversions.conversion(of: this.text)
        #expect(conversion.remarks.map(\.code).contains(this.remark), "\(conversion.remarks.map(\.code))")
        #expect(conversion.remarks.allSatisfy { $0.severity == .warning })
        #expect(AccountingCheck(conversion).problems == [])
        let trip = RoundTrip(from: conversion.reading.format, to: conversions.options)
        #expect(trip.differences(conversion.reading.tree, try trip.undo(conversion)) == [])
    }

    @Test("Of duplicate members the last counts")
    func lastCounts() throws {
        let text = #"{"balance":1,"balance":2.50,"currency":"GBP"}"#
        let document = try Conversions(to: .v1JSON, isLenient: true).convert(text)
        #expect(document.text(at: "/body/response/balance") == "2.50")
    }

    @Test("An incomplete error does not count")
    func incompleteError() throws {
        let text = rejection(Self.errors).replacingOccurrence(of: "<ErrPoiER12>\(Pointers.grn)</ErrPoiER12>", with: "")
        let document = try Conversions(to: .v1JSON, isLenient: true).convert(text)
        #expect(document.text(at: "/body/response/errors/0/errorPointer") == Pointers.accessCode)
        #expect(document.text(at: "/body/response/errors/1/errorPointer") == nil)
    }

    @Test("Of several guarantees those without counterpart are left out")
    func partOfTheGuarantees() throws {
        let first = #"{"taxIdentifier":"GB1","guaranteeReference":"20GB0000010000GX1","accessCode":"AC01"}"#
        let xml = try Conversions(to: .v1XML).convert("[\(first),\(first.replacingOccurrence(of: "GX1", with: "GX2"))]")
        let text = String(decoding: try xml.serialised(), as: UTF8.self)
        let one = text.replacingOccurrence(
            of:
                "<QueIdeQUE1>2</QueIdeQUE1></GUAQUE><TRAPRIOTG><TINOTG59>GB1</TINOTG59></TRAPRIOTG><ACCDOC728><AccCodCOD729>AC01</AccCodCOD729></ACCDOC728></GUAREF2></CD034A>",
            with: "<QueIdeQUE1>1</QueIdeQUE1></GUAQUE></GUAREF2></CD034A>")
        try #require(one != text)
        #expect(Conversions(to: .v2JSON).outcome(one) == "no-counterpart")
        let conversion = try Conversions(to: .v2JSON, isLenient: true).conversion(of: one)
        #expect(conversion.document.text(at: "/path") == "/customs/guarantees/20GB0000010000GX1/balance")
        #expect(conversion.remarks.contains { $0.code == "no-counterpart" })
        #expect(AccountingCheck(conversion).problems == [])
        let trip = RoundTrip(from: .v1XML, to: Conversions(to: .v2JSON, isLenient: true).options)
        #expect(trip.differences(conversion.reading.tree, try trip.undo(conversion)) == [])
    }

    @Test("A message of which nothing has a counterpart has none, lenient or not")
    func nothingLeft() {
        let text = Self.answer { $0.replacingOccurrence(of: "<BalEXP3>50000.10</BalEXP3>", with: "") }
        #expect(Conversions(to: .v2JSON).outcome(text) == "no-counterpart")
        #expect(Conversions(to: .v2JSON, isLenient: true).outcome(text) == "no-counterpart")
    }
}

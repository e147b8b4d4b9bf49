import GuaranteeModel
import TestSupport
import Testing

@testable import Translation

@Suite("Queries and balances between the versions")
struct BalanceTests {
    @Test("The published v1.0 scenarios", arguments: [("50000", "GBP"), ("30000", "GBP"), ("12345678.9", "EUR")])
    func publishedBalances(balance: String, currency: String) throws {
        let text = #"{"response":{"balance":\#(balance),"currency":"\#(currency)"}}"#
        let document = try Conversions(to: .v2JSON).convert(text)
        #expect(document.text(at: "/body/balance") == balance)
        #expect(document.text(at: "/body/currency") == currency)
        #expect(document.text(at: "/body/_links/self/href") == "/customs/guarantees/23GB0000010000854/balance")
        let xml = try Conversions(to: .v1XML).convert(text)
        #expect(xml.text(at: "/CD037A/GUAREF2/EXPEXP/BalEXP3") == balance)
        #expect(xml.text(at: "/CD037A/GUAREF2/EXPEXP/CurEXP4") == currency)
    }

    @Test("A query of v1.0 becomes one of v2.0 without the tax identifier")
    func query() throws {
        let text = #"{"taxIdentifier":"GB954131533000","guaranteeReference":"22GB0000010000313","accessCode":"AC01"}"#
        let conversion = try Conversions(to: .v2JSON).conversion(of: text)
        #expect(conversion.document.text(at: "/path") == "/customs/guarantees/22GB0000010000313/balance")
        #expect(conversion.document.text(at: "/body/accessCode") == "AC01")
        #expect(conversion.document.text(at: "/headers/Accept") == "application/vnd.hmrc.2.0+json")
        #expect(conversion.accounting.read == [.lost, .carried, .carried])
        let xml = try Conversions(to: .v1XML).convert(text)
        #expect(xml.text(at: "/CD034A/TRAPRIRC1/TINRC159") == "GB954131533000")
        #expect(xml.text(at: "/CD034A/GUAREF2/ACCDOC728/AccCodCOD729") == "AC01")
        #expect(xml.text(at: "/CD034A/GUAREF2/GUAQUE/QueIdeQUE1") == "2")
    }

    @Test(
        "Amounts keep their spelling in JSON and are respelled for XML",
        arguments: [
            ("0.10", "0.10"), ("262626.0", "262626.0"), ("1.0E7", "10000000"), ("12345678.90", "12345678.90"),
            ("-0", "0"),
            ("999999999999999", "999999999999999"), ("12345678901234.50", "12345678901234.5"), ("0e5", "0"),
            ("1e-2", "0.01"),
        ])
    func amounts(json: String, xml: String) throws {
        let text = #"{"response":{"balance":\#(json),"currency":"GBP"}}"#
        #expect(try Conversions(to: .v2JSON).convert(text).text(at: "/body/balance") == json)
        #expect(try Conversions(to: .v1XML).convert(text).text(at: "/CD037A/GUAREF2/EXPEXP/BalEXP3") == xml)
    }

    @Test(
        "An amount that XML can't hold has no counterpart there, lenient or not",
        arguments: [
            "1e400", "12345678901234567890.12", "1234567890123456", "-1", "0.001", "1e99999999999999999999",
            "12345678901234.567",
        ], [false, true])
    func hugeAmounts(json: String, isLenient: Bool) {
        let text = #"{"response":{"balance":\#(json),"currency":"GBP"}}"#
        let outcome = Conversions(to: .v1XML, isLenient: isLenient).outcome(text)
        #expect(outcome == "no-counterpart" || outcome == "schema" && json.count > 20)
    }

    @Test("Both names of v2.0's currency are read")
    func currencyQuirk() throws {
        let text = #"{"balance":1,"currencyCL":"EUR"}"#
        #expect(try Conversions(to: .v1JSON).convert(text).text(at: "/body/response/currency") == "EUR")
        let old = #"{"balance":1}"#
        let conversion = try Conversions(to: .v1JSON).conversion(of: old)
        #expect(conversion.document.text(at: "/body/response/currency") == "GBP")
        #expect(conversion.accounting.written[0].contains(.supplied))
    }

    @Test(
        "A record without what the target needs asks for a context",
        arguments: [
            ("v1-xml", #"{"balance":1,"currency":"GBP"}"#), ("v1-json", #"{"balance":1}"#),
            ("v2-json", #"{"response":{"balance":1,"currency":"GBP"}}"#), ("v1-json", #"{"accessCode":"AC01"}"#),
            ("v1-xml", #"{"accessCode":"AC01"}"#),
            ("v2-json", #"{"accessCode":"AC01","taxIdentifier":"GB1","guaranteeReference":"x"}"#),
            ("v1-xml", #"{"code":"NOT_FOUND","message":"\#(Wordings.notFound)"}"#),
        ])
    func missingContext(target: String, text: String) throws {
        var conversions = Conversions(to: try #require(MessageFormat(rawValue: target)))
        conversions.context = TranslationContext()
        let isForeignGRN = text.contains(#""x""#)
        #expect(conversions.outcome(text) == (isForeignGRN ? "no-counterpart" : "missing-context"))
    }

    @Test("A query of several guarantees becomes several, and an array of them one")
    func several() throws {
        var generator = MessageGenerator(
            plan: Fixtures.plan("CD034A"), mappings: Fixtures.mappings, random: .forTest("several guarantees"))
        var shape = MessageShape()
        shape.repeated = "GUAREF2"
        let query = generator.message(of: shape)
        let text = String(decoding: try query.tree.serialised(), as: UTF8.self)
        guard !Convertibility(message: query, target: .v2JSON).isRefused else {
            #expect(Conversions(to: .v2JSON).outcome(text) == "no-counterpart")
            return
        }
        let array = try Conversions(to: .v2JSON).convert(text)
        #expect(array.nodes[0].kind == .array)
        #expect(array.children(of: 0).reduce(0) { count, _ in count + 1 } == 99)
        let again = try Conversions(to: .v1XML).convert(String(decoding: try array.serialised(), as: UTF8.self))
        #expect(again.nodes.indices.count { again.name(of: $0) == "GUAREF2" } == 99)
    }
}

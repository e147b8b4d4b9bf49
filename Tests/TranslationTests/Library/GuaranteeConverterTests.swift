import Foundation
import Testing
import GuaranteeConversion

@Suite struct `A converter` {
    private let converter: GuaranteeConverter

    init() throws {
        converter = try GuaranteeConverter()
    }

    @Test func `takes an answer of NCTS4 to v2.0`() throws {
        let converted = try converter.convert(Stored.answer, to: .v2JSON)
        #expect(
            converted.text == """
                {"status":200,"headers":{"Content-Type":"application/json"},"body":{"_links":{"self":{"href":\
                "/customs/guarantees/23GB0000010000854/balance"}},"balance":12345678.90,"currency":"GBP"}}
                """)
        #expect(converted.original == "CD037A")
        #expect(converted.originalFormat == .v1XML)
        #expect(converted.written == "v2-balance")
        #expect(converted.warnings == [])
        #expect(converted.meaning.guarantees.first?.balance?.lexeme == "12345678.90")
    }

    @Test func `writes the body alone where that is wanted`() throws {
        let converter = try GuaranteeConverter.with { $0.writesBodyAlone = true }
        let converted = try converter.convert(Stored.answer, to: .v2JSON)
        #expect(converted.text.hasPrefix(#"{"_links""#))
        let back = try converter.convert(converted.document, to: .v1XML, remainder: converted.remainder)
        #expect(back.document == Stored.answer)
    }

    @Test func `writes v1.0's JSON in either shape`() throws {
        let post = try converter.convert(Stored.answer, to: .v1JSON)
        #expect(post.text.contains(#""body":{"response":{"balance":12345678.90,"currency":"GBP"}}"#))
        let converter = try GuaranteeConverter.with { $0.v1Form = .get }
        let get = try converter.convert(Stored.answer, to: .v1JSON, context: Stored.context)
        #expect(get.text.contains(#""status":"SUCCESS""#))
        #expect(get.text.contains(#""taxIdentifier":"GB954131533000""#))
    }

    @Test func `counts each leaf once`() throws {
        let converted = try converter.convert(Stored.answer, to: .v2JSON)
        #expect(converted.leavesRead.values.reduce(0, +) == converted.readFindings.count)
        #expect(converted.leavesWritten.values.reduce(0, +) == converted.writtenFindings.count)
        #expect(converted.readFindings.count == 20)
        #expect(converted.leavesRead == [.carried: 3, .lost: 17])
        #expect(converted.leavesWritten == [.carried: 3, .defaulted: 2])
        let balance = try #require(converted.readFindings.first { $0.path == "/CD037A/GUAREF2/EXPEXP/BalEXP3" })
        #expect(balance.outcome == .carried)
        #expect(balance.counterpart == "/body/balance")
        #expect(balance.place.line == 1)
    }

    @Test func `refuses strictly what it takes leniently, with a warning`() throws {
        let text = String(decoding: Stored.answer, as: UTF8.self)
        let broken = Array(text.replacing("<MesTypMES20>", with: "<New>1</New><MesTypMES20>").utf8)
        let error = #expect(throws: TranslationError.self) { try converter.convert(broken, to: .v2JSON) }
        #expect(error?.code == .schema)
        #expect(error?.path == "/CD037A/New")
        let lenient = try GuaranteeConverter.with { $0.isLenient = true }
        let converted = try lenient.convert(broken, to: .v2JSON)
        #expect(converted.warnings.map(\.code) == ["unknown-element"])
        #expect(converted.warnings.allSatisfy { $0.severity == .warning })
    }

    @Test func `must be told which version an error is of that both spell alike`() throws {
        let error = Array(#"{"message":"Internal server error","code":"INTERNAL_SERVER_ERROR"}"#.utf8)
        let refusal = #expect(throws: TranslationError.self) { try converter.convert(error, to: .v1JSON) }
        #expect(refusal?.code == .ambiguousFormat)
        let converted = try converter.convert(error, from: .v2JSON, to: .v1JSON)
        #expect(converted.text.contains(#""status":500"#))
    }

    @Test(arguments: ["", "no message", "{}", "<a/>", "{\"balance\":", "<CD037A>"])
    func `refuses what is no message`(text: String) {
        #expect(throws: TranslationError.self) { try converter.convert(Array(text.utf8), to: .v2JSON) }
    }

    @Test func `checks itself where that is wanted`() throws {
        let converter = try GuaranteeConverter.with { $0.verifies = true }
        let converted = try converter.convert(Stored.answer, to: .v2JSON)
        #expect(converted.written == "v2-balance")
    }

    @Test func `serves many tasks at once`() async throws {
        let expected = try converter.convert(Stored.answer, to: .v2JSON).document
        await withTaskGroup(of: [UInt8]?.self) { group in
            for _ in 0..<64 {
                group.addTask { [converter] in
                    (try? converter.convert(Stored.answer, to: .v2JSON)).flatMap { converted in
                        let remainder = converted.remainder
                        let back = try? converter.convert(converted.document, to: .v1XML, remainder: remainder)
                        return back?.document == Stored.answer ? converted.document : nil
                    }
                }
            }
            for await document in group { #expect(document == expected) }
        }
    }
}

import Foundation
import Testing

import GuaranteeConversion

@testable import Translation

@Suite struct `What a converter is told` {
    private let converter: GuaranteeConverter
    private let answer = Array(#"{"response":{"balance":5.10,"currency":"GBP"}}"#.utf8)

    init() throws {
        converter = try GuaranteeConverter()
    }

    @Test func `is all that the mappings ask for, by their names`() {
        let known = HubField.allCases.compactMap(\.contextName) + Fixtures.mappings.contextNames
        #expect(Set(ConversionContext.Name.allCases.map(\.rawValue)) == Set(known))
    }

    @Test func `is missed where it is needed`() throws {
        let error = #expect(throws: TranslationError.self) { try converter.convert(answer, to: .v2JSON) }
        #expect(error?.code == .missingContext)
        var context = ConversionContext()
        context[.grn] = Stored.grn
        let converted = try converter.convert(answer, to: .v2JSON, context: context)
        #expect(converted.text.contains("/customs/guarantees/23GB0000010000854/balance"))
        #expect(converted.leavesWritten[.supplied] == 1)
    }

    @Test func `may be told of one guarantee, or of all`() throws {
        var context = Stored.context
        context[.tin] = "GB000000000000"
        context[.tin, of: Stored.grn] = "GB954131533000"
        #expect(context[.tin] == "GB000000000000")
        #expect(context[.tin, of: Stored.grn] == "GB954131533000")
        #expect(context[.tin, of: "another"] == nil)
        let query = Array(
            """
            {"method":"POST","path":"/customs/guarantees/\(Stored.grn)/balance","headers":{},\
            "body":{"accessCode":"AC01"}}
            """.utf8)
        #expect(try converter.convert(query, to: .v1JSON, context: context).text.contains("GB954131533000"))
        context[.tin, of: Stored.grn] = nil
        #expect(try converter.convert(query, to: .v1JSON, context: context).text.contains("GB000000000000"))
        context[.tin] = nil
        #expect(throws: TranslationError.self) { try converter.convert(query, to: .v1JSON, context: context) }
    }

    @Test func `makes times and identifiers, the same for the same seed`() throws {
        var context = Stored.context
        let first = try converter.convert(answer, to: .v1XML, context: context)
        #expect(first.text.contains("<DatOfPreMES9>20260203</DatOfPreMES9><TimOfPreMES10>0405</TimOfPreMES10>"))
        #expect(try converter.convert(answer, to: .v1XML, context: context).document == first.document)
        context.seed = 8
        #expect(try converter.convert(answer, to: .v1XML, context: context).document != first.document)
        context.seed = nil
        let error = #expect(throws: TranslationError.self) {
            try converter.convert(answer, to: .v1XML, context: context)
        }
        #expect(error?.code == .missingContext)
    }
}

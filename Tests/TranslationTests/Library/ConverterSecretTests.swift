import Testing
import GuaranteeConversion

@Suite struct `A converter keeps secrets` {
    private let converter: GuaranteeConverter

    init() throws {
        converter = try GuaranteeConverter()
    }

    @Test(arguments: MessageFormat.allCases)
    func `in the document and nowhere else`(target: MessageFormat) throws {
        let converted = try converter.convert(Stored.question, to: target, context: Stored.context)
        #expect(converted.text.contains(Stored.secret))
        var shown = "\(converted) \(String(reflecting: converted)) \(converted.meaning)"
        dump(converted, to: &shown)
        dump(converted.meaning, to: &shown)
        dump(converted.readFindings, to: &shown)
        dump(converted.writtenFindings, to: &shown)
        dump(converted.warnings, to: &shown)
        shown += String(decoding: converted.remainder, as: UTF8.self)
        #expect(shown.contains("leaves read"))
        #expect(!shown.contains(Stored.secret))
        // Nor as the bytes that dump would show one to a line.
        #expect(!shown.contains("- \(UInt8(ascii: "Z"))\n"))
    }

    @Test(arguments: [
        #"{"taxIdentifier":"","guaranteeReference":"23GB0000010000854","accessCode":"Zq7x"}"#,
        #"{"taxIdentifier":"GB1","guaranteeReference":"23GB0000010000854","accessCode":"Zq7xZq7x"}"#,
        #"{"taxIdentifier":"GB1","guaranteeReference":"23DE0000010000854","accessCode":"Zq7x"}"#,
        #"{"taxIdentifier":"GB1","accessCode":"Zq7x"}"#,
        #"{"taxIdentifier":"GB1","guaranteeReference":"23GB0000010000854","accessCode":"Zq7x""#,
        #"{"taxIdentifier":"GB1","accessCode":"Zq7x","accessCode":"Zq7x"}"#,
        #"{"accessCode":"Zq7x"}"#,
        "<CD034A><AccCodCOD729>Zq7x</AccCodCOD729></CD034A>",
    ])
    func `out of errors`(text: String) {
        let error = #expect(throws: TranslationError.self) { try converter.convert(Array(text.utf8), to: .v2JSON) }
        var shown = "\(String(describing: error))"
        dump(error, to: &shown)
        #expect(!shown.contains(Stored.secret))
    }
}

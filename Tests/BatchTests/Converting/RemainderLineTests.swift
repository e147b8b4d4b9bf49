import GuaranteeConversion
import Testing
import Translation

@testable import Batch

@Suite struct `A remainder's line` {
    private let library: GuaranteeConverter
    private let mappings: MappingSet
    private let masker: Masker
    private let message = Array(
        #"{"taxIdentifier":"GB954131533000","guaranteeReference":"23GB0000010000854","accessCode":"AC01"}"#.utf8)

    init() throws {
        library = try GuaranteeConverter()
        mappings = try MappingSet(.embedded)
        masker = Masker(mappings)
    }

    @Test func `of the command line is read by the library`() throws {
        let result = try convert(message, to: .v2JSON, RecordSurroundings())
        let back = try library.convert(
            try #require(result.output), to: .v1JSON, remainder: try #require(result.remainder))
        #expect(back.document == message)
    }

    @Test func `of the library is read by the command line`() throws {
        let converted = try library.convert(message, to: .v2JSON)
        var surroundings = RecordSurroundings()
        surroundings.needsRemainder = true
        surroundings.hasRemainderOfItsOwn = true
        surroundings.remainderLine = converted.remainder
        let result = try convert(converted.document, to: .v1JSON, surroundings)
        #expect(result.output == message + [0x0A])
    }

    private func convert(
        _ message: [UInt8], to target: MessageFormat, _ surroundings: RecordSurroundings
    ) throws -> RecordResult {
        var options = ConvertOptions(translation: TranslationOptions(target: target))
        options.writesRemainder = true
        let record = InputRecord(
            number: 0, file: InputFile(path: "a.json", relativePath: "a.json", isNamed: true), container: .file,
            payload: Payload(message))
        var tally = Tally()
        let result = RecordConverter(mappings: mappings, masker: masker, options: options).convert(
            record, surroundings, as: .line, into: &tally)
        #expect(tally.rejects == [:])
        return result
    }
}

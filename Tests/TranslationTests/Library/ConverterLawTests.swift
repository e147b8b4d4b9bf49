import TestSupport
import Testing

import GuaranteeConversion

@testable import Translation

@Suite struct `A converter's way back` {
    private let converter: GuaranteeConverter

    init() throws {
        converter = try GuaranteeConverter()
    }

    @Test(arguments: Direction.all)
    func `gives the message leaf for leaf`(_ direction: Direction) throws {
        let plan = Fixtures.plan(direction.message)
        var generator = MessageGenerator(
            plan: plan, mappings: Fixtures.mappings, random: .forTest("converter \(direction.testDescription)"))
        let source = plan.isToldByContent ? nil : plan.format
        let trip = RoundTrip(from: plan.format, to: TranslationOptions(target: direction.target))
        var converted = 0
        for _ in 0..<40 {
            let message = generator.message().tree
            let bytes = try message.serialised()
            let there: ConvertedMessage
            do throws(TranslationError) {
                there = try converter.convert(bytes, from: source, to: direction.target, context: Stored.context)
            } catch {
                #expect(error.code == .noCounterpart, "\(error)")
                continue
            }
            converted += 1
            let back = try converter.convert(there.document, to: plan.format, remainder: there.remainder)
            let tree = try Translator(mappings: trip.mappings, masker: trip.masker, options: trip.back.options)
                .parse(Payload(back.document))
            #expect(trip.differences(message, tree) == [])
        }
        #expect(MessageFacts.neverConverts(direction) ? converted == 0 : converted > 0)
    }

    @Test func `is told its source by the remainder, where content would not tell`() throws {
        let error = Array(#"{"message":"Internal server error","code":"INTERNAL_SERVER_ERROR"}"#.utf8)
        let there = try converter.convert(error, from: .v2JSON, to: .v1JSON)
        let back = try converter.convert(there.document, to: .v2JSON, remainder: there.remainder)
        #expect(back.document == error)
    }

    @Test func `knows what a message in a third format left over`() throws {
        let there = try converter.convert(Stored.question, to: .v2JSON)
        #expect(!there.text.contains("GB954131533000"))
        let onward = try converter.convert(
            there.document, to: .v1XML, remainder: there.remainder, context: Stored.context)
        #expect(onward.text.contains("<TINRC159>GB954131533000</TINRC159>"))
        #expect(onward.leavesWritten[.restored, default: 0] > 0)
    }

    @Test func `is refused with another message's remainder`() throws {
        let there = try converter.convert(Stored.answer, to: .v2JSON)
        let changed = Array(there.text.replacing("12345678.90", with: "12345678.9").utf8)
        let error = #expect(throws: TranslationError.self) {
            try converter.convert(changed, to: .v1XML, remainder: there.remainder)
        }
        #expect(error?.code == .missingContext)
        // White space is no difference.
        let spaced = Array(there.text.replacing(",", with: " ,\n").utf8)
        #expect(
            try converter.convert(spaced, to: .v1XML, remainder: there.remainder).document == Stored.answer)
    }

    @Test func `is refused with what is no remainder`() throws {
        let there = try converter.convert(Stored.answer, to: .v2JSON)
        let line = String(decoding: there.remainder, as: UTF8.self)
        let broken = [
            "", "x", "{}", "[]", "null", there.text, line.replacing(#""schemaVersion":1"#, with: #""schemaVersion":2"#),
            line.replacing(#""leaves""#, with: #""leafs""#), String(line.dropLast(40)),
        ]
        for remainder in broken {
            let error = #expect(throws: TranslationError.self) {
                try converter.convert(there.document, to: .v1XML, remainder: Array(remainder.utf8))
            }
            #expect(error?.code == .missingContext, "\(remainder.prefix(60))")
        }
    }
}

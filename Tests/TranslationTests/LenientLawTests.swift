import GuaranteeModel
import TestSupport
import Testing

@testable import Translation

@Suite("What is forgiven is undone exactly, too")
struct LenientLawTests {
    static let count = 500

    @Test("A message that was broken in one place is refused, or comes back leaf for leaf", arguments: Direction.all)
    func brokenMessages(_ direction: Direction) throws {
        let plan = Fixtures.plan(direction.message)
        var generator = MessageGenerator(
            plan: plan, mappings: Fixtures.mappings, random: .forTest("lenient \(direction.testDescription)"))
        var options = TranslationOptions(target: direction.target)
        options.isLenient = true
        options.source = plan.isToldByContent ? nil : plan.format
        let trip = RoundTrip(from: plan.format, to: options)
        var strictOptions = options
        strictOptions.isLenient = false
        let strict = RoundTrip(from: plan.format, to: strictOptions)
        var converted = 0
        for number in 0..<Self.count {
            let message = generator.message()
            let tree =
                plan.format == .v1XML
                ? XMLBreaker.broken(message.tree, &generator.random)
                : JSONBreaker.broken(message.tree, &generator.random)
            let payload = Payload(try tree.serialised())
            let conversion: Conversion
            do {
                conversion = try convert(payload, trip, number)
            } catch {
                // What lenient reading refuses, strict reading refuses.
                let code = error.code
                #expect(
                    [.schema, .unknownMessage, .ambiguousFormat, .noCounterpart, .missingContext].contains(code),
                    "\(error)")
                #expect(throws: TranslationError.self) { try convert(payload, strict, number) }
                continue
            }
            converted += 1
            // What is broken may read as another version's.
            let back = RoundTrip(from: conversion.reading.format, to: options)
            var problems = AccountingCheck(conversion).problems
            do {
                problems += back.differences(conversion.reading.tree, try back.undo(conversion))
            } catch {
                problems.append("\(error)")
            }
            guard problems.isEmpty else {
                let output = String(decoding: try conversion.document.serialised(), as: UTF8.self)
                let input = String(decoding: payload.bytes, as: UTF8.self)
                Issue.record(
                    "\(problems.prefix(4))\n  input: \(input.prefix(3_000))\n  output: \(output.prefix(2_000))")
                return
            }
        }
        #expect(MessageFacts.neverConverts(direction) || converted > Self.count / 20)
    }

    private func convert(_ payload: Payload, _ trip: RoundTrip, _ number: Int) throws(TranslationError) -> Conversion {
        let reading = try trip.there.read(payload)
        return try trip.there.write(reading, supply: Supply(context: Fixtures.context, record: number), remainder: nil)
    }
}

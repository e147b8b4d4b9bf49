import GuaranteeModel
import TestSupport
import Testing

@testable import Translation

/// From one message to one format.
struct Direction: CustomTestStringConvertible, Sendable {
    var message: String
    var target: MessageFormat

    var testDescription: String { "\(message) to \(target.rawValue)" }

    static let all = Fixtures.readable.flatMap { plan in
        MessageFormat.allCases.map { Direction(message: plan.message, target: $0) }
    }
}

@Suite("A conversion is undone exactly with its remainder")
struct LawOneTests {
    /// How many messages each direction gets: all 10,000 with optimisation, which is how `make test` runs the laws; without
    /// it a few, since 10,000 take minutes.
    #if DEBUG
        static let count = 300
    #else
        static let count = 10_000
    #endif

    @Test("Whatever a message holds, it comes back leaf for leaf", arguments: Direction.all)
    func roundTrips(_ direction: Direction) throws {
        let random = SeededRandom.forTest("round trip of \(direction.testDescription)")
        var generator = MessageGenerator(
            plan: Fixtures.plan(direction.message), mappings: Fixtures.mappings, random: random)
        var tally = Tally()
        let trips = TripSet(direction)
        for number in 0..<Self.count {
            let message = generator.message()
            let trip = trips.trip(number, &generator.random)
            check(message, direction, number, trip, &tally)
            if tally.failures > 3 { break }
        }
        let isEverRefused = MessageFacts.neverConverts(direction)
        #expect(isEverRefused ? tally.converted == 0 : tally.converted > Self.count / 20)
    }

    struct Tally {
        var converted = 0
        var refused = 0
        var failures = 0
    }

    private func check(
        _ message: GeneratedMessage, _ direction: Direction, _ number: Int, _ trip: RoundTrip, _ tally: inout Tally
    ) {
        let isRefused = Convertibility(message: message, target: direction.target).isRefused
        let outcome = Result { () throws -> (Conversion, WireTree) in
            let reading = try trip.there.read(message.tree)
            if reading.plan.message != direction.message {
                throw TranslationError(.unknownMessage, "was taken for \(reading.plan.message)")
            }
            let supply = Supply(context: Fixtures.context, record: number)
            let conversion = try trip.there.write(reading, supply: supply, remainder: nil)
            return (conversion, try trip.undo(conversion))
        }
        switch outcome {
        case .failure(let error as TranslationError) where error.code == .noCounterpart && isRefused:
            tally.refused += 1
        case .failure(let error):
            fail("\(error)", message, nil, &tally)
        case .success((let conversion, _)) where isRefused:
            fail("was converted, and has no counterpart", message, conversion, &tally)
        case .success((let conversion, let undone)):
            tally.converted += 1
            let differences = trip.differences(message.tree, undone)
            if !differences.isEmpty {
                fail("differs: \(differences.prefix(4).joined(separator: "; "))", message, conversion, &tally)
            }
            // Accounts are slow to check without optimisation: one in three will do.
            guard number.isMultiple(of: 3) else { return }
            for problem in AccountingCheck(conversion).problems.prefix(4) { fail(problem, message, conversion, &tally) }
        }
    }

    private func fail(_ problem: String, _ message: GeneratedMessage, _ conversion: Conversion?, _ tally: inout Tally) {
        tally.failures += 1
        let input = (try? message.tree.serialised()).map { String(decoding: $0, as: UTF8.self) } ?? "?"
        let output = (try? conversion?.document.serialised()).map { String(decoding: $0, as: UTF8.self) } ?? "none"
        Issue.record("\(problem)\n  input: \(input.prefix(3000))\n  output: \(output.prefix(2000))")
    }
}

/// The ways of writing that messages of a direction go, in turn.
struct TripSet {
    private var trips: [RoundTrip] = []

    init(_ direction: Direction) {
        let plan = Fixtures.plan(direction.message)
        for form in TranslationOptions.Form.allCases {
            for isAlone in [false, true] {
                var options = TranslationOptions(target: direction.target)
                options.source = plan.isToldByContent ? nil : plan.format
                options.form = form
                options.writesBodyAlone = isAlone
                trips.append(RoundTrip(from: plan.format, to: options))
            }
        }
    }

    func trip(_ number: Int, _ random: inout SeededRandom) -> RoundTrip { random.pick(trips) }
}

extension MessageFacts {
    /// The directions in which nothing has a counterpart (design section 3).
    static func neverConverts(_ direction: Direction) -> Bool {
        let neverInXML = [
            "v1-pending", "v1-state-query", "v1-state-pending", "v1-state-xml-error", "v1-error", "v1-invalid-json",
        ]
        switch direction.target {
        case .v1JSON: return false
        case .v1XML:
            return neverInXML.contains(direction.message) || direction.message.hasSuffix("framework-error")
                || direction.message.hasSuffix("no-content")
        case .v2JSON: return ["v1-pending", "v1-state-query", "v1-state-pending"].contains(direction.message)
        }
    }
}

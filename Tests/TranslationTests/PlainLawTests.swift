import Foundation
import GuaranteeModel
import TestSupport
import Testing

@testable import Translation

/// Messages that are converted without a tree, held against `Translator`: the same bytes, the same counts, the same digest;
/// and whatever is unusual left alone.
@Suite("A message that needs no tree becomes what it would become with one")
struct PlainLawTests {
    #if DEBUG
        static let count = 400
    #else
        static let count = 10_000
    #endif

    static let directions = Direction.all.filter { direction in
        let plan = Fixtures.plan(direction.message)
        guard plan.format != direction.target, case .kind(let kind) = plan.file.meaning else { return false }
        return kind == .query || kind == .answer
    }

    @Test("Generated and broken messages", arguments: directions)
    func agrees(_ direction: Direction) throws {
        let plan = Fixtures.plan(direction.message)
        var generator = MessageGenerator(
            plan: plan, mappings: Fixtures.mappings, random: .forTest("plain \(direction.testDescription)"))
        var plain = 0
        var converted = 0
        for bodyAlone in [false, true] {
            var options = TranslationOptions(target: direction.target)
            options.writesBodyAlone = bodyAlone
            let pair = Pair(options)
            for number in 0..<Self.count {
                var shape = MessageShape.random(&generator.random, for: plan)
                if number % 4 > 0 {
                    shape.isEnveloped = false
                    shape.arrayCount = 0
                }
                var tree = generator.message(of: shape).tree
                let isPretty = generator.random.chance(30)
                // What is broken comes behind the whole of it, whose markup is known then.
                _ = pair.plain.convert(Payload(try tree.serialised(pretty: isPretty)), supply: Supply())
                if number % 3 == 2, shape.arrayCount == 0 {
                    tree =
                        tree.syntax == .xml
                        ? XMLBreaker.broken(tree, &generator.random) : JSONBreaker.broken(tree, &generator.random)
                }
                var bytes = try tree.serialised(pretty: isPretty)
                if number % 7 == 6 { Self.mutate(&bytes, &generator.random) }
                let payload = Payload(bytes, isDecodedText: generator.random.chance(50))
                let outcome = pair.compare(payload, Fixtures.supply(number, &generator.random))
                if outcome.isConverted { converted += 1 }
                if outcome.isPlain { plain += 1 }
                for problem in outcome.problems {
                    Issue.record("\(problem)\n  \(String(decoding: bytes, as: UTF8.self).prefix(3_000))")
                }
                if !outcome.problems.isEmpty { return }
            }
        }
        // Else nothing was tried.
        if converted > Self.count / 10 { #expect(plain > 0, "\(converted) were converted with a tree") }
    }

    @Test("Messages of a few guarantees, told what they do not say", arguments: directions)
    func agreesWhereTold(_ direction: Direction) throws {
        let plan = Fixtures.plan(direction.message)
        var generator = MessageGenerator(
            plan: plan, mappings: Fixtures.mappings, random: .forTest("told \(direction.testDescription)"))
        var plain = 0
        var converted = 0
        for _ in 0..<max(10, Self.count / 100) {
            let pair = Pair(TranslationOptions(target: direction.target))
            let contexts = (0..<3).map { _ in Self.context(&generator.random) }
            // Messages alike, told now by one and now by another.
            let messages = try (0..<3).map { _ in
                var shape = MessageShape.random(&generator.random, for: plan)
                (shape.isEnveloped, shape.arrayCount) = (false, 0)
                return String(decoding: try generator.message(of: shape).tree.serialised(pretty: false), as: UTF8.self)
            }
            for number in 0..<100 {
                let message = generator.random.pick(messages).replacing(
                    /[0-9]{2}[A-Z]{2}[A-Z0-9]{12}[0-9]([A-Z][0-9]{6})?/, with: generator.random.pick(Self.grns))
                var supply = Supply(context: generator.random.pick(contexts), record: number)
                if generator.random.chance(20) { supply.recordGRN = generator.random.pick(Self.grns) }
                if generator.random.chance(20) { supply.pairedGRN = generator.random.pick(Self.grns) }
                if generator.random.chance(20) { supply.pairedTIN = generator.random.pick(["GB000012340003", "?"]) }
                if generator.random.chance(20) {
                    supply.pairedRequestedAt = generator.random.pick(["2024-01-02T03:04:05Z", "2024-01-02T03:04Z", "?"])
                }
                let outcome = pair.compare(Payload(Array(message.utf8)), supply)
                if outcome.isConverted { converted += 1 }
                if outcome.isPlain { plain += 1 }
                try #require(outcome.problems.isEmpty, "\(outcome.problems)\n  \(message.prefix(3_000))")
            }
        }
        if converted > 200 { #expect(plain > 0, "\(converted) were converted with a tree") }
    }

    /// With the built-in mappings no leaf that may be left out, or may have a default, has no words for a value.
    @Test("A leaf that has no words for one message's value has them for the next one's")
    func words() throws {
        var contents: [String: [UInt8]] = [:]
        for name in MappingFiles.embedded.names { contents[name] = try MappingFiles.embedded.bytes(of: name) }
        func change(_ name: String, _ old: String, _ new: String) throws {
            let text = String(decoding: try #require(contents[name]), as: UTF8.self)
            try #require(text.contains(old))
            contents[name] = Array(text.replacing(old, with: new).utf8)
        }
        try change("rules/CD037A.yaml", "DatOfPreMES9: {date: completedAt}", "DatOfPreMES9: drop")
        try change("rules/CD037A.yaml", "TimOfPreMES10: {time: completedAt}", "TimOfPreMES10: drop")
        try change("schemas/v1-state-success.json", "\"completedAt\",\n", "")
        var context = TranslationContext()
        context["requestedAt", nil] = "2021-09-14T09:52:15Z"
        context["balanceId", nil] = "22b9899e-24ee-48e6-a189-97d1f45391c4"
        context["completedAt", Self.grns[0]] = "soon"
        context["completedAt", Self.grns[1]] = "2021-09-14T09:52:15Z"
        let settled = context.settled(now: "2026-02-03T04:05:06Z", randomSeed: 1)
        let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../samples")
        let sample = try String(contentsOf: samples.appending(path: "v1-xml/CD037A-type-1.xml"), encoding: .utf8)
        for hasDefault in [false, true] {
            if hasDefault {
                try change(
                    "rules/v1-state-success.yaml", "{timestamp: completedAt}",
                    "{timestamp: completedAt, default: \"2000-01-01T00:00:00Z\"}")
            }
            var options = TranslationOptions(target: .v1JSON)
            options.form = .get
            let pair = Pair(options, try MappingSet(MappingFiles(contents: contents)))
            for number in 0..<4 {
                let message = sample.replacing(/23GB[0-9]{13}/, with: Self.grns[number % 2])
                let outcome = pair.compare(Payload(Array(message.utf8)), Supply(context: settled, record: number))
                #expect(outcome.isPlain)
                #expect(outcome.problems.isEmpty, "\(outcome.problems)")
            }
        }
    }

    private static let grns = [
        "23GB0000010000854", "23GB0000010000863", "23GB0000010000872", "23XI0000010000655",
    ]

    /// A context that knows some of everything, some of it for some guarantees alone, and not all of it right.
    private static func context(_ random: inout SeededRandom) -> TranslationContext {
        let values: [String: [String]] = [
            "tin": ["GB123456789012", "XI000000000001", "?"], "grn": grns, "guaranteeType": ["0", "1", "9", "x"],
            "currency": ["GBP", "EUR"], "sender": ["MDTP-GUA-0123456789abcdef01234567", ""],
            "receiver": ["NTA.GB", "NTA.XI"], "office": ["GB000001", "XI000014", "&"],
            "accessDate": ["20260131", "2026-01-31"], "monitoringCode": ["0", "1"], "exposure": ["10.50", "0", "-"],
            "exposureCount": ["3", "12"], "originalMessage": ["abcdefghij1234"],
            "balanceId": ["22b9899e-24ee-48e6-a189-97d1f45391c4", "?"],
            "requestedAt": ["2024-05-06T07:08:09Z", "?"], "completedAt": ["2024-05-06T07:08:59Z", "2024-05-06T07:08Z"],
        ]
        #expect(Set(values.keys) == Set(HubField.allCases.compactMap(\.contextName) + Fixtures.mappings.contextNames))
        var context = TranslationContext()
        for name in values.keys.sorted() {
            guard let all = values[name] else { continue }
            // Mostly what is right, or nothing would be converted.
            func value() -> String { random.chance(90) ? all[0] : random.pick(all) }
            if random.chance(60) { context[name, nil] = value() }
            if random.chance(30) {
                for grn in grns where random.chance(50) { context[name, grn] = value() }
            }
        }
        if random.chance(80) { context.clock = .fixed("2026-02-03T04:05:06Z") }
        if random.chance(80) { context.identifiers = .seeded(7) }
        return random.chance(90) ? context.settled(now: "2026-02-03T04:05:06Z", randomSeed: 1) : context
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        for _ in 0..<random.int(in: 1...3) where !bytes.isEmpty {
            let place = random.below(bytes.count)
            switch random.below(4) {
            case 0: bytes.remove(at: place)
            case 1: bytes[place] = UInt8(random.below(256))
            case 2: bytes.insert(random.pick(Array("<>&\"' \t\n\0{}[]:,0é".utf8)), at: place)
            default: bytes.removeSubrange(place..<min(bytes.count, place + random.below(40)))
            }
        }
    }

    /// The two ways to convert a message.
    private struct Pair {
        let translator: Translator
        let plain: PlainTranslator
        let sources: PlainSources

        struct Outcome {
            var isPlain = false
            var isConverted = false
            var problems: [String] = []
        }

        init(_ options: TranslationOptions, _ mappings: MappingSet = Fixtures.mappings) {
            let masker = Masker(mappings)
            translator = Translator(mappings: mappings, masker: masker, options: options)
            sources = PlainSources(mappings: mappings, masker: masker, options: options)
            plain = PlainTranslator(sources)
        }

        func compare(_ payload: Payload, _ supply: Supply) -> Outcome {
            var outcome = Outcome()
            let conversion = Result { () throws -> Conversion in
                try translator.write(try translator.read(payload), supply: supply, remainder: nil)
            }
            if case .success = conversion { outcome.isConverted = true }
            guard let source = plain.convert(payload, supply: supply) else { return outcome }
            outcome.isPlain = true
            do {
                let conversion = try conversion.get()
                let expected = try conversion.document.serialised()
                if plain.output != expected {
                    outcome.problems.append(
                        "\(String(decoding: plain.output, as: UTF8.self)) in place of \(String(decoding: expected, as: UTF8.self))"
                    )
                }
                if source.plan !== conversion.reading.plan { outcome.problems.append("was taken for another message") }
                if !conversion.remarks.isEmpty {
                    outcome.problems.append("remarks are left out: \(conversion.remarks)")
                }
                if let nodes = plain.canonicalNodes(of: source),
                    nodes != translator.masker.canonicalNodes(of: conversion.reading.tree)
                {
                    outcome.problems.append("has another digest: \(String(decoding: nodes, as: UTF8.self))")
                }
                let counts = plainCounts(source)
                let other = Self.counts(conversion)
                if counts != other { outcome.problems.append("counts \(counts) in place of \(other)") }
            } catch {
                outcome.problems.append("was converted in spite of: \(error)")
            }
            return outcome
        }

        private func plainCounts(_ source: PlainSource) -> [String: Int] {
            var counts = PlainCounts()
            plain.count(into: &counts, of: source)
            var found: [String: Int] = [:]
            counts.forEach(of: sources.all) { _, _ in
            } read: { _, field, outcome, count in
                found["\(field) \(outcome)", default: 0] += count
            } written: { outcome, count in
                found["written \(outcome)", default: 0] += count
            }
            return found
        }

        private static func counts(_ conversion: Conversion) -> [String: Int] {
            var found: [String: Int] = [:]
            for (leaf, outcome) in conversion.accounting.read.enumerated() {
                found["\(conversion.reading.field(of: leaf)) \(outcome)", default: 0] += 1
            }
            for outcome in conversion.accounting.written.joined() { found["written \(outcome)", default: 0] += 1 }
            return found
        }
    }
}

extension Fixtures {
    /// What is known beside a message: now all, now a little, now nothing.
    static func supply(_ number: Int, _ random: inout SeededRandom) -> Supply {
        var supply = Supply(context: random.chance(70) ? context : TranslationContext(), record: number)
        if random.chance(30) { supply.recordGRN = "23GB0000010000854" }
        if random.chance(20) { supply.pairedGRN = "23GB0000010000862" }
        if random.chance(20) { supply.pairedTIN = "GB000012340003" }
        return supply
    }
}

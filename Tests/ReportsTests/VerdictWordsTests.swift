import Comparison
import Evidence
import Reports
import Testing

@testable import Reports

@Suite struct `The verdict in words` {
    private func words(
        _ classes: [(PairClass?, Int)], rules change: (inout VerdictRules) -> Void = { _ in }
    ) async throws -> String {
        var rules = VerdictRules()
        change(&rules)
        let run = try await PlantedEvidence(rules: rules)
        try await run.plantBare(classes, type: "1")
        return VerdictWords(try await run.store.summary()).whole
    }

    @Test func `is ready with what was seen, what can be, and what is allowed`() async throws {
        #expect(
            try await words([(.same, 400), (.equivalent, 12)])
                == "Ready: of 412 distinct guarantees compared, none differs; at 95 % confidence at most 0.73 % of all "
                + "guarantees can differ, and 1 % is allowed.")
        #expect(
            try await words([(.same, 999), (.different, 1)]) { $0.allowedDifferent = 1 }
                == "Ready: of 1,000 distinct guarantees compared, 1 differs; at 95 % confidence at most 0.48 % of all "
                + "guarantees can differ, and 1 % is allowed.")
    }

    @Test func `is not ready with how many are different, and how many may be`() async throws {
        #expect(try await words([(.different, 3)]) == "Not ready: 3 pairs are different, and none is allowed.")
        #expect(
            try await words([(.different, 3), (.same, 9)]) { $0.allowedDifferent = 2 }
                == "Not ready: 3 pairs are different, and 2 are allowed.")
    }

    @Test func `lacks evidence, and says how much of it`() async throws {
        #expect(
            try await words([(.same, 30)])
                == "Not enough evidence: of 30 distinct guarantees compared, none differs; at 95 % confidence up to "
                + "9.6 % of all guarantees can differ, and 1 % is allowed. 299 guarantees without a difference would be "
                + "enough, that is 269 more.")
        #expect(
            try await words([(.same, 29), (.different, 1)]) { $0.allowedDifferent = 1 }
                .hasSuffix("473 guarantees with no further difference would be enough, that is 443 more."))
        #expect(
            try await words([(.same, 30)]) { $0.maximumRate = 0 }
                .hasSuffix(
                    "No number of them would be enough for that, unless it is known how many there are (--population).")
        )
    }

    @Test func `knows how many guarantees there are`() async throws {
        #expect(
            try await words([(.same, 12)]) { $0.population = 12 }
                == "Ready: of 12 distinct guarantees compared, none differs; at 95 % confidence at most 0 % of the 12 "
                + "that there are can differ, and 1 % is allowed.")
        let short = try await words([(.same, 40)]) { $0.population = 100 }
        #expect(short.contains("up to 5.0 % of the 100 that there are can differ"))
        #expect(short.hasSuffix("78 guarantees without a difference would be enough, that is 38 more."))
        #expect(
            try await words([(.same, 3), (.different, 1)]) {
                $0.population = 12
                $0.allowedDifferent = 1
            }.hasSuffix("No number of them would be enough for that."))
    }

    @Test func `names strata that have too little`() async throws {
        #expect(
            try await words([(.same, 400), (nil, 1)], rules: { $0.minimumPerStratum = 500 })
                == "Not enough evidence: of 400 distinct guarantees compared, none differs, but each stratum of the "
                + "question list needs 500 judged pairs, and these have fewer: country GB (400), type 1 (400). "
                + "1 pair is not judged yet.")
    }

    @Test func `is not ready to say so while pairs are open`() async throws {
        #expect(
            try await words([(.same, 400), (nil, 2)])
                == "Not enough evidence: of 400 distinct guarantees compared, none differs, but 2 pairs are not judged yet."
        )
    }

    @Test func `never counts what is stale, inconclusive or open`() async throws {
        let nothing = "says anything about the two APIs"
        #expect(
            try await words([(.stale, 8), (.inconclusive, 3), (nil, 1)])
                == "Not enough evidence: none of 12 pairs \(nothing) (8 stale, 3 inconclusive, 1 open). 299 guarantees "
                + "without a difference would be enough.")
        #expect(
            try await words([])
                == "Not enough evidence: the question list is empty, and nothing was compared. 299 guarantees without "
                + "a difference would be enough.")
    }

    @Test func `in short has the counts and what is missing`() async throws {
        let report = try await EvidenceReport(Scenario.mixed.evidence())
        let brief = report.brief()
        #expect(report.verdict == .notReady)
        #expect(brief.hasPrefix("Not ready: 1 pair is different, and none is allowed.\n"))
        #expect(brief.contains("    2  same          equal in meaning and in form\n"))
        #expect(brief.contains("- 1 pair is open: not asked, or not answered yet.\n"))
        #expect(brief.contains("- 1 pair is stale: the answers are more than 5 minutes apart"))
        #expect((10...20).contains(brief.split(separator: "\n").count))
        #expect(brief.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }
}

@Suite struct `How much evidence is enough` {
    @Test(arguments: [0.001, 0.01, 0.05, 0.3], 0...3)
    func `is the first number with which the bound is low enough`(rate: Double, seen: Int) throws {
        var rules = VerdictRules()
        rules.maximumRate = rate
        var tally = VerdictTally()
        (tally.judgedGuarantees, tally.differentGuarantees) = (seen, seen)
        let needed = try #require(NeededEvidence.guarantees(VerdictReport(tally, strata: [], rules: rules)))
        #expect(RateBound.binomial(seen: seen, of: needed) <= rate)
        #expect(RateBound.binomial(seen: seen, of: needed - 1) > rate)
    }

    @Test(arguments: [20, 100, 1_000], 0...2)
    func `where it is known how many there are`(population: Int, seen: Int) throws {
        var rules = VerdictRules()
        (rules.population, rules.maximumRate) = (population, 0.1)
        var tally = VerdictTally()
        (tally.judgedGuarantees, tally.differentGuarantees) = (seen, seen)
        let needed = try #require(NeededEvidence.guarantees(VerdictReport(tally, strata: [], rules: rules)))
        #expect(RateBound.hypergeometric(seen: seen, of: needed, population: population) <= 0.1)
        #expect(RateBound.hypergeometric(seen: seen, of: needed - 1, population: population) > 0.1)
    }
}

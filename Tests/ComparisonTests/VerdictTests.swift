import Comparison
import Testing

@Suite struct `A verdict` {
    private typealias Pair = (grn: String, pairClass: PairClass, strata: [String])

    private func pairs(_ count: Int, _ pairClass: PairClass = .same, from first: Int = 0) -> [Pair] {
        (first..<(first + count)).map { (grn: "GRN\($0)", pairClass: pairClass, strata: ["GB"]) }
    }

    private func report(_ pairs: [Pair], strata: Set<String> = [], _ change: (inout VerdictRules) -> Void = { _ in })
        -> VerdictReport
    {
        var rules = VerdictRules()
        change(&rules)
        return VerdictReport(VerdictTally(pairs), strata: strata, rules: rules)
    }

    @Test func `is ready once enough was compared and nothing differs`() {
        #expect(report(pairs(298)).verdict == .notEnoughEvidence)
        #expect(report(pairs(299)).verdict == .ready)
        #expect(
            report(pairs(100) + pairs(100, .equivalent, from: 100) + pairs(99, .drifted, from: 200)).verdict == .ready)
    }

    @Test func `is never ready on nothing, on what is stale and on what is inconclusive`() {
        #expect(report([]).verdict == .notEnoughEvidence)
        #expect(report(pairs(10_000, .stale)).verdict == .notEnoughEvidence)
        #expect(report(pairs(10_000, .inconclusive)).verdict == .notEnoughEvidence)
        #expect(report(pairs(10_000, .stale)) { $0.population = 10_000 }.verdict == .notEnoughEvidence)
        #expect(report([]) { $0.population = 0 }.verdict == .notEnoughEvidence)
    }

    @Test func `is not ready with a difference, before anything else`() {
        #expect(report(pairs(1, .different)).verdict == .notReady)
        #expect(report(pairs(5000) + pairs(1, .different, from: 5000)).verdict == .notReady)
        #expect(report(pairs(5000) + pairs(1, .different, from: 5000)) { $0.allowedDifferent = 1 }.verdict == .ready)
        #expect(report(pairs(472) + pairs(1, .different, from: 472)) { $0.allowedDifferent = 1 }.verdict == .ready)
        #expect(
            report(pairs(471) + pairs(1, .different, from: 471)) { $0.allowedDifferent = 1 }.verdict
                == .notEnoughEvidence)
    }

    @Test func `counts a guarantee once, however often it was compared`() {
        let repeated = (0..<1000).map { (grn: "GRN\($0 % 30)", pairClass: PairClass.same, strata: [String]()) }
        #expect(report(repeated).judgedGuarantees == 30)
        #expect(report(repeated).verdict == .notEnoughEvidence)
        let differing = pairs(500) + Array(repeating: (grn: "X", pairClass: .different, strata: []), count: 3)
        #expect(report(differing).different == 3)
        #expect(report(differing).differentGuarantees == 1)
    }

    @Test func `is ready when all of a known population was compared`() {
        #expect(report(pairs(12)) { $0.population = 12 }.verdict == .ready)
        #expect(report(pairs(12)) { $0.population = 12 }.bound == 0)
        #expect(report(pairs(11)) { $0.population = 12 }.verdict == .notEnoughEvidence)
        // More were compared than there are said to be: what was compared counts.
        #expect(report(pairs(12)) { $0.population = 5 }.bound == 0)
    }

    @Test func `is never ready while pairs are open, and not ready all the same with a difference`() {
        var tally = VerdictTally(pairs(299))
        #expect(VerdictReport(tally, strata: [], rules: VerdictRules()).verdict == .ready)
        tally.open = 1
        #expect(VerdictReport(tally, strata: [], rules: VerdictRules()).verdict == .notEnoughEvidence)
        tally.different = 1
        #expect(VerdictReport(tally, strata: [], rules: VerdictRules()).verdict == .notReady)
    }

    @Test func `knows that there are at least as many guarantees as are listed`() {
        var tally = VerdictTally(pairs(3))
        tally.listedGuarantees = 300
        var rules = VerdictRules()
        rules.population = 3
        let report = VerdictReport(tally, strata: [], rules: rules)
        #expect(report.population == 300)
        #expect(report.verdict == .notEnoughEvidence)
    }

    @Test func `needs each stratum of the question list`() {
        let thin = report(pairs(299), strata: ["GB", "XI"])
        #expect(thin.verdict == .notEnoughEvidence)
        #expect(thin.thinStrata == ["XI"])
        #expect(report(pairs(299), strata: ["GB"]).verdict == .ready)
        #expect(report(pairs(299), strata: ["GB"]) { $0.minimumPerStratum = 300 }.thinStrata == ["GB"])
        #expect(report(pairs(299), strata: ["GB", "XI"]) { $0.minimumPerStratum = 0 }.verdict == .ready)
    }
}

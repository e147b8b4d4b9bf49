/// Whether it is safe to cut over (design section 6).
package enum Verdict: String, Sendable, CaseIterable {
    case ready
    case notReady = "not-ready"
    case notEnoughEvidence = "not-enough-evidence"
}

/// What a verdict asks for.
package struct VerdictRules: Sendable, Equatable {
    /// How many pairs may be different.
    package var allowedDifferent = 0
    /// The highest rate of different guarantees that the upper bound may reach, at 95 % confidence.
    package var maximumRate = 0.01
    /// How many guarantees there are in all; nil: nobody knows.
    package var population: Int?
    /// How many judged pairs each stratum of the question list needs.
    package var minimumPerStratum = 1

    package init() {}
}

/// A verdict with its arithmetic.
package struct VerdictReport: Sendable, Equatable {
    package var verdict: Verdict
    package var rules: VerdictRules
    /// Pairs that are different.
    package var different: Int
    /// Distinct GRNs that were judged, and those of them with a difference: repeats of one GRN count once.
    package var judgedGuarantees: Int
    package var differentGuarantees: Int
    /// The highest rate that this is compatible with, at 95 % confidence.
    package var bound: Double
    /// Pairs that are not judged yet.
    package var open: Int
    /// How many guarantees there are in all, and at least those that are listed; nil: nobody knows.
    package var population: Int?
    /// Strata that have fewer judged pairs than they need.
    package var thinStrata: [String]

    /// - Parameter strata: the strata of the question list.
    package init(_ tally: VerdictTally, strata: Set<String>, rules: VerdictRules) {
        population = rules.population.map { max($0, tally.judgedGuarantees, tally.listedGuarantees) }
        let bound =
            population.map {
                RateBound.hypergeometric(
                    seen: tally.differentGuarantees, of: tally.judgedGuarantees, population: $0)
            } ?? RateBound.binomial(seen: tally.differentGuarantees, of: tally.judgedGuarantees)
        thinStrata = strata.filter { tally.judgedPerStratum[$0, default: 0] < rules.minimumPerStratum }.sorted()
        self.rules = rules
        different = tally.different
        open = tally.open
        judgedGuarantees = tally.judgedGuarantees
        differentGuarantees = tally.differentGuarantees
        self.bound = bound
        // Past the allowance no amount of evidence helps; before it, there must be enough of it.
        verdict =
            different > rules.allowedDifferent
            ? .notReady
            : bound > rules.maximumRate || !thinStrata.isEmpty || tally.open > 0 ? .notEnoughEvidence : .ready
    }
}

/// What a verdict rests on, counted.
package struct VerdictTally: Sendable, Equatable {
    /// Pairs that are different.
    package var different = 0
    /// Pairs that are not judged yet: what they will say is not known.
    package var open = 0
    /// Distinct GRNs of the question list, judged or not: there are at least so many in all.
    package var listedGuarantees = 0
    /// Distinct GRNs that were judged, and those of them with a difference.
    package var judgedGuarantees = 0
    package var differentGuarantees = 0
    /// Judged pairs of each stratum.
    package var judgedPerStratum: [String: Int] = [:]

    package init() {}

    /// - Parameter pairs: each pair's GRN, class and strata.
    package init(_ pairs: some Sequence<(grn: String, pairClass: PairClass, strata: [String])>) {
        var judged: Set<String> = []
        var differing: Set<String> = []
        for pair in pairs where pair.pairClass.isJudged {
            judged.insert(pair.grn)
            for stratum in Set(pair.strata) { judgedPerStratum[stratum, default: 0] += 1 }
            guard pair.pairClass == .different else { continue }
            different += 1
            differing.insert(pair.grn)
        }
        judgedGuarantees = judged.count
        differentGuarantees = differing.count
    }
}

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
    /// Strata that have fewer judged pairs than they need.
    package var thinStrata: [String]

    /// - Parameters:
    ///   - pairs: each pair's GRN, class and strata.
    ///   - strata: the strata of the question list.
    package init(
        _ pairs: some Sequence<(grn: String, pairClass: PairClass, strata: [String])>, strata: Set<String>,
        rules: VerdictRules
    ) {
        var judged: Set<String> = []
        var differing: Set<String> = []
        var perStratum: [String: Int] = [:]
        var different = 0
        for pair in pairs where pair.pairClass.isJudged {
            judged.insert(pair.grn)
            for stratum in Set(pair.strata) { perStratum[stratum, default: 0] += 1 }
            guard pair.pairClass == .different else { continue }
            different += 1
            differing.insert(pair.grn)
        }
        let bound =
            rules.population.map {
                RateBound.hypergeometric(
                    seen: differing.count, of: judged.count, population: max($0, judged.count))
            } ?? RateBound.binomial(seen: differing.count, of: judged.count)
        thinStrata = strata.filter { perStratum[$0, default: 0] < rules.minimumPerStratum }.sorted()
        self.rules = rules
        self.different = different
        judgedGuarantees = judged.count
        differentGuarantees = differing.count
        self.bound = bound
        // Past the allowance no amount of evidence helps; before it, there must be enough of it.
        verdict =
            different > rules.allowedDifferent
            ? .notReady : bound > rules.maximumRate || !thinStrata.isEmpty ? .notEnoughEvidence : .ready
    }
}

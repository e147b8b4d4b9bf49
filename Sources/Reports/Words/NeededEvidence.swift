import Comparison

/// How much evidence would be enough.
enum NeededEvidence {
    /// The fewest compared guarantees with which the bound would be no higher than the rules allow, if no further one
    /// differed; nil where no number of them would do.
    static func guarantees(_ report: VerdictReport) -> Int? {
        let seen = report.differentGuarantees
        let rules = report.rules
        var tooFew = max(report.judgedGuarantees, seen)
        var enough: Int
        if let population = report.population {
            enough = max(population, tooFew)
            guard bound(seen, enough, report) <= rules.maximumRate else { return nil }
        } else {
            guard rules.maximumRate > 0 else { return nil }
            enough = max(tooFew, 1)
            while bound(seen, enough, report) > rules.maximumRate {
                guard enough < 1 << 40 else { return nil }
                enough *= 2
            }
        }
        if tooFew > 0, bound(seen, tooFew, report) <= rules.maximumRate { return tooFew }
        // The bound falls as more are compared.
        while enough - tooFew > 1 {
            let middle = tooFew + (enough - tooFew) / 2
            if bound(seen, middle, report) <= rules.maximumRate { enough = middle } else { tooFew = middle }
        }
        return enough
    }

    private static func bound(_ seen: Int, _ drawn: Int, _ report: VerdictReport) -> Double {
        report.population.map {
            RateBound.hypergeometric(seen: seen, of: drawn, population: max($0, drawn))
        } ?? RateBound.binomial(seen: seen, of: drawn)
    }
}

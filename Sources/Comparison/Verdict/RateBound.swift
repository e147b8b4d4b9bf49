import Foundation

/// The highest rate of differences that what was seen is still compatible with, at a confidence of 95 %: the upper end of
/// a one-sided exact interval (design section 6).
package enum RateBound {
    /// What is left for chance: 5 %.
    package static let risk = 0.05

    /// The bound where `seen` of `drawn` guarantees differ, of how many nobody knows (binomial, Clopper and Pearson).
    ///
    /// - Returns: a rate from 0 to 1; 1 where nothing was drawn.
    package static func binomial(seen: Int, of drawn: Int) -> Double {
        guard drawn > 0, seen < drawn else { return 1 }
        var low = Double(seen) / Double(drawn)
        var high = 1.0
        // The probability of seeing so few falls as the rate rises: halve until doubles can't tell the ends apart.
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if binomialTail(seen, drawn, middle) > risk { low = middle } else { high = middle }
        }
        return high
    }

    /// The bound where `seen` of `drawn` guarantees differ, and there are `population` in all (hypergeometric).
    ///
    /// - Parameter population: at least `drawn`.
    /// - Returns: a rate of the population; `seen` of it where all were drawn.
    package static func hypergeometric(seen: Int, of drawn: Int, population: Int) -> Double {
        guard drawn > 0, population >= drawn else { return 1 }
        // At least those seen differ, and at most all that were not drawn too; the more, the less likely so few were seen.
        var (low, high) = (seen, population - drawn + seen)
        while low < high {
            let middle = low + (high - low + 1) / 2
            if hypergeometricTail(seen, drawn, middle, population) > risk { low = middle } else { high = middle - 1 }
        }
        return Double(low) / Double(population)
    }

    /// The probability of at most `seen` in `drawn` draws, each with this rate.
    private static func binomialTail(_ seen: Int, _ drawn: Int, _ rate: Double) -> Double {
        (0...seen).reduce(0) { sum, count in
            sum
                + exp(
                    choose(drawn, count) + Double(count) * log(rate)
                        + Double(drawn - count) * log1p(-rate))
        }
    }

    /// The probability of at most `seen` among `drawn` of a population in which so many differ.
    private static func hypergeometricTail(_ seen: Int, _ drawn: Int, _ differing: Int, _ population: Int) -> Double {
        let fewest = max(0, drawn - (population - differing))
        guard fewest <= seen else { return 0 }
        return (fewest...min(seen, differing, drawn)).reduce(0) { sum, count in
            sum
                + exp(
                    choose(differing, count) + choose(population - differing, drawn - count)
                        - choose(population, drawn))
        }
    }

    /// The logarithm of the number of ways to choose.
    private static func choose(_ all: Int, _ some: Int) -> Double {
        lgamma(Double(all) + 1) - lgamma(Double(some) + 1) - lgamma(Double(all - some) + 1)
    }
}

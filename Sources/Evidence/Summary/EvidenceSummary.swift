package import Comparison
package import Foundation

/// A run in numbers: what reports tell, whatever their form. All that is counted here adds up to the pairs of the list.
package struct EvidenceSummary: Sendable {
    package var run: EvidenceRun
    /// Pairs of the question list.
    package var pairs: Int
    /// Pairs that are not judged yet.
    package var open: Int
    /// How many pairs are of each class; classes without any are there with 0.
    package var classes: [PairClass: Int]
    package var verdict: VerdictReport
    /// Countries and guarantee types of the question list, sorted by name.
    package var strata: [StratumCount]
    /// What the first side answered (v1.0, else v2.0), sorted by name: `balance`, `not-found` …
    package var kinds: [StratumCount]
    /// The rules that explained differences, with how often they did, most often first.
    package var rules: [(name: String, why: String?, count: Int)]
    /// Why pairs were inconclusive, and how many for each reason, most first.
    package var inconclusive: [(why: String, count: Int)]
    /// How long calls of the run's own took; none where nothing was asked.
    package var timings: [EvidenceSide: Timing]
    /// The run in stretches of equal length, oldest first: at most 60.
    package var stretches: [Stretch]
    /// Recorded answers, by what became of them.
    package var recordings: [EvidenceSide: Recordings]
    /// Pairs whose personal data was purged.
    package var purged: Int
    /// What happened to the run and was decided about it, oldest first: the last hundred. Those of single pairs stay with
    /// them.
    package var notes: [EvidenceNote]

    /// How the pairs of one stratum were judged.
    package struct StratumCount: Sendable, Equatable {
        package var name: String
        package var classes: [PairClass: Int]
        /// Pairs that are not judged yet.
        package var open = 0

        package var judged: Int { classes.reduce(0) { $1.key.isJudged ? $0 + $1.value : $0 } }
        package var total: Int { classes.values.reduce(open, +) }
    }

    /// How long calls took: seconds of the run's own clock. All calls that got an answer count, each once.
    package struct Timing: Sendable, Equatable {
        package var calls: Int
        package var median: Double
        package var p95: Double
        package var p99: Double
    }

    /// What happened in a part of the run.
    package struct Stretch: Sendable, Equatable {
        /// Its beginning and its end, by the run's own clock.
        package var from: Date
        package var until: Date
        /// Pairs that were judged in it.
        package var classes: [PairClass: Int]
        /// The median of the calls of each side that were sent in it: seconds.
        package var medians: [EvidenceSide: Double]
        /// The bound of the rate of differences with all that was known at its end.
        package var bound: Double
    }

    /// What became of a side's recorded answers: the counts add up to `total`.
    package struct Recordings: Sendable, Equatable {
        /// All messages that were found, whatever they are.
        package var total: Int { paired + superseded + unasked + unknown + unreadable + foreign }
        /// Part of a pair.
        package var paired = 0
        /// Answers that a later one about the same question took the place of.
        package var superseded = 0
        /// Answers about guarantees that no question asked about, or more of them than questions.
        package var unasked = 0
        /// Answers that nothing says which guarantee they are about.
        package var unknown = 0
        /// What could not be read.
        package var unreadable = 0
        /// Messages that are none of this API.
        package var foreign = 0

        package init() {}
    }
}

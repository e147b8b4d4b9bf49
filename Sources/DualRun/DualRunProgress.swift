package import Comparison
package import GuaranteeClients

/// How far a run has come, for whoever watches it.
package struct DualRunProgress: Sendable {
    /// Pairs of the list.
    package var pairs = 0
    /// How many are judged to be of each class.
    package var classes: [PairClass: Int] = [:]
    /// Pairs under way.
    package var underWay = 0
    /// How the calls of both sides stand.
    package var calls = PacingCounts()
    /// Pairs that were judged by this process.
    package var judgedNow = 0
    /// How long this process has been at it, by the run's own clock.
    package var elapsed = Duration.zero

    package init() {}

    package var judged: Int { classes.values.reduce(0, +) }
    package var toDo: Int { pairs - judged }
    /// Pairs a second; nil while nothing can be said.
    package var rate: Double? {
        judgedNow > 0 && elapsed > .zero ? Double(judgedNow) / elapsed.inSeconds : nil
    }
    /// How long the rest will take at this rate.
    package var left: Duration? { rate.map { .seconds(Double(toDo) / $0) } }
}

/// How long something took.
package struct Timing: Hashable, Sendable {
    package var count: Int
    /// Seconds, within 0.8 %.
    package var median: Double
    /// Seconds, within 0.8 %: 99 of 100 took no longer.
    package var p99: Double

    package init(count: Int, median: Double, p99: Double) {
        self.count = count
        self.median = median
        self.p99 = p99
    }
}

/// What the process asks of its own metrics. Names are those that the code gives or those in the text.
extension PrometheusRegistry {
    /// How long calls of a timer took, over all series whose labels match.
    ///
    /// - Parameter dimensions: labels and their values; the empty value matches series that lack the label.
    /// - Returns: nil where nothing was recorded.
    package func timing(_ name: String, where dimensions: [(String, String)] = []) -> Timing? {
        var spread = LogLinearCounts()
        for (_, timer) in timers.matching(name, dimensions) { spread.add(timer.spread) }
        guard let median = spread.percentile(50), let p99 = spread.percentile(99) else { return nil }
        return Timing(
            count: Int(clamping: spread.count), median: Double(median) / 1e9, p99: Double(p99) / 1e9)
    }

    /// The sum of a counter over all series whose labels match; zero where there are none.
    package func count(_ name: String, where dimensions: [(String, String)] = []) -> Double {
        counters.matching(name, dimensions).reduce(0) { $0 + $1.series.value }
    }

    /// The sums of a counter by the values of a label, sorted by these; the empty value stands for series that lack it.
    package func counts(
        _ name: String, by label: String, where dimensions: [(String, String)] = []
    ) -> [(value: String, count: Double)] {
        let label = MetricName.sanitisedLabel(label)
        let sums = counters.matching(name, dimensions).reduce(into: [String: Double]()) { sums, found in
            sums[found.labels[label], default: 0] += found.series.value
        }
        return sums.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { (value: $0.key, count: $0.value) }
    }
}

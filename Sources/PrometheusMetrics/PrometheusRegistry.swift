import Synchronization

/// Keeps what metrics record, and writes it in Prometheus' text format.
///
/// Metrics of the same name and labels share one handler, however often they are made: code that makes its counters anew
/// on each call pays for a look-up. Label values may come from outside, so a family has a limited number of series; what
/// is over is kept in one series whose label values are all `other`. Label names are the code's own and not limited.
package final class PrometheusRegistry: Sendable {
    /// From what a process answers itself to what waits for a slow API, in seconds.
    package static let standardBuckets: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]

    let counters: SeriesTable<CounterSeries>
    let gauges: SeriesTable<GaugeSeries>
    let summaries: SeriesTable<SummarySeries>
    let timers: SeriesTable<TimerSeries>
    private let descriptions = Mutex<[String: String]>([:])

    /// - Parameters:
    ///   - buckets: upper bounds of what timers record, in seconds, in any order.
    ///   - seriesLimit: how many series a family has before the rest is put together.
    package init(buckets: [Double] = PrometheusRegistry.standardBuckets, seriesLimit: Int = 1000) {
        let names = SampleNames()
        let buckets = TimerBuckets(buckets)
        counters = SeriesTable(names, limit: seriesLimit) { CounterSeries() }
        gauges = SeriesTable(names, limit: seriesLimit) { GaugeSeries() }
        summaries = SeriesTable(names, limit: seriesLimit) { SummarySeries() }
        timers = SeriesTable(names, limit: seriesLimit) { TimerSeries(buckets) }
    }

    /// Declares what a metric means, under the name that its code gives it or the one it is written under.
    package func describe(_ name: String, _ help: String) {
        descriptions.withLock { $0[MetricName.sanitised(name)] = help }
    }

    /// A value that is read when the text is written. Declared again, it is read in the new way.
    ///
    /// - Parameter read: may use this registry; it should not wait.
    package func gauge(
        _ name: String, _ help: String, dimensions: [(String, String)] = [], _ read: @escaping @Sendable () -> Double
    ) {
        describe(name, help)
        gauges.series(name, dimensions).read(by: read)
    }

    /// A number that only grows, and is read when the text is written. Declared again, it is read in the new way.
    ///
    /// - Parameter read: may use this registry; it should not wait.
    package func counter(
        _ name: String, _ help: String, dimensions: [(String, String)] = [], _ read: @escaping @Sendable () -> Int
    ) {
        describe(name, help)
        counters.series(name, dimensions).read(by: read)
    }

    /// What a family means; where nobody said, its name in the code, which may differ from the one it is written under.
    func help(of family: SeriesFamily) -> String {
        let names = [family.name, family.wantedName, MetricName.sanitised(family.label)]
        return descriptions.withLock { descriptions in names.compactMap { descriptions[$0] }.first } ?? family.label
    }
}

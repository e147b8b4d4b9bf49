import CoreMetrics
import Synchronization

/// How long something took: exact in the buckets that are written, fine enough beside them for percentiles.
final class TimerSeries: Series, TimerHandler {
    static let kind = MetricKind.histogram

    private struct Recorded {
        var buckets: [UInt64]
        /// Nanoseconds: the sum of whole numbers is the same in any order.
        var sum: UInt64 = 0
        var spread = LogLinearCounts()
    }

    private let buckets: TimerBuckets
    private let recorded: Mutex<Recorded>

    init(_ buckets: TimerBuckets) {
        self.buckets = buckets
        recorded = Mutex(Recorded(buckets: Array(repeating: 0, count: buckets.bounds.count + 1)))
    }

    /// The counts of nanoseconds.
    var spread: LogLinearCounts { recorded.withLock { $0.spread } }

    /// Less than no time is none: a clock was set back.
    func recordNanoseconds(_ duration: Int64) {
        let nanoseconds = UInt64(max(duration, 0))
        let bucket = buckets.index(of: nanoseconds)
        recorded.withLock { recorded in
            recorded.buckets[bucket] += 1
            let (sum, overflow) = recorded.sum.addingReportingOverflow(nanoseconds)
            recorded.sum = overflow ? .max : sum
            recorded.spread.record(nanoseconds)
        }
    }

    func write(_ name: String, _ labels: Labels, to text: inout TextWriter) {
        let (counts, sum) = recorded.withLock { ($0.buckets, $0.sum) }
        var count: UInt64 = 0
        for (bound, inBucket) in zip(buckets.bounds + ["+Inf"], counts) {
            count += inBucket
            text.sample(name + "_bucket", labels, bound: bound, count)
        }
        text.sample(name + "_sum", labels, Double(sum) / 1e9)
        text.sample(name + "_count", labels, count)
    }
}

/// The upper bounds of what timers record, each of which belongs to its bucket; the last bucket has none.
struct TimerBuckets: Sendable {
    /// As they are written.
    let bounds: [String]
    private let nanoseconds: [UInt64]

    init(_ seconds: [Double]) {
        let seconds = Set(seconds).filter { $0 > 0 && $0 < Double(Int64.max) / 1e9 }.sorted()
        bounds = seconds.map(TextWriter.number)
        nanoseconds = seconds.map { UInt64(($0 * 1e9).rounded()) }
    }

    func index(of value: UInt64) -> Int {
        var low = 0
        var high = nanoseconds.count
        while low < high {
            let middle = (low + high) / 2
            if nanoseconds[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

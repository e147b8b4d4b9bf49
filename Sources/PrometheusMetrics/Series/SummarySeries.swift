import CoreMetrics
import Synchronization

/// The number and the sum of values whose unit and range nobody knows: no buckets would fit them.
final class SummarySeries: Series, RecorderHandler {
    static let kind = MetricKind.summary

    private let recorded = Mutex<(count: UInt64, sum: Double)>((0, 0))

    func record(_ value: Int64) { record(Double(value)) }

    /// What is not finite would be the sum for ever.
    func record(_ value: Double) {
        guard value.isFinite else { return }
        recorded.withLock { recorded in
            recorded.count += 1
            recorded.sum += value
        }
    }

    func write(_ name: String, _ labels: Labels, to text: inout TextWriter) {
        let (count, sum) = recorded.withLock { $0 }
        text.sample(name + "_sum", labels, sum)
        text.sample(name + "_count", labels, count)
    }
}

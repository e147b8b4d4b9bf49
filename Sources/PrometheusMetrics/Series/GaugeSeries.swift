import CoreMetrics
import Synchronization

/// The last value of something, or what is read of it.
final class GaugeSeries: Series, RecorderHandler, MeterHandler {
    static let kind = MetricKind.gauge

    private let last = Atomic<Double>(0)
    private let reading = Mutex<(@Sendable () -> Double)?>(nil)

    /// From now on the value is read: what is recorded is not seen.
    func read(by read: @escaping @Sendable () -> Double) { reading.withLock { $0 = read } }

    func record(_ value: Int64) { set(Double(value)) }

    func record(_ value: Double) { set(value) }

    func set(_ value: Int64) { set(Double(value)) }

    func set(_ value: Double) { last.store(value, ordering: .relaxed) }

    /// What is not finite could not be taken back.
    func increment(by amount: Double) { if amount.isFinite { last.add(amount) } }

    func decrement(by amount: Double) { increment(by: -amount) }

    func write(_ name: String, _ labels: Labels, to text: inout TextWriter) {
        // Called without the lock: it may use the registry.
        let read = reading.withLock { $0 }
        text.sample(name, labels, read?() ?? last.load(ordering: .relaxed))
    }
}

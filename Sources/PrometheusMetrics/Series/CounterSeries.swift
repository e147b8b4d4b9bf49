import CoreMetrics
import Synchronization

/// Counts upwards. Whole numbers are counted apart, so that they stay exact beside fractions.
final class CounterSeries: Series, CounterHandler, FloatingPointCounterHandler {
    static let kind = MetricKind.counter

    private let whole = Atomic<UInt64>(0)
    private let fractional = Atomic<Double>(0)
    private let reading = Mutex<(@Sendable () -> Int)?>(nil)

    /// From now on the value is read: what is counted is not seen.
    func read(by read: @escaping @Sendable () -> Int) { reading.withLock { $0 = read } }

    var value: Double { Double(whole.load(ordering: .relaxed)) + fractional.load(ordering: .relaxed) }

    /// A counter never goes back: Prometheus would take that for a restart.
    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        whole.wrappingAdd(UInt64(amount), ordering: .relaxed)
    }

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        fractional.add(amount)
    }

    func reset() {
        whole.store(0, ordering: .relaxed)
        fractional.store(0, ordering: .relaxed)
    }

    func write(_ name: String, _ labels: Labels, to text: inout TextWriter) {
        // Called without the lock: it may use the registry.
        if let read = reading.withLock({ $0 }) { return text.sample(name, labels, UInt64(max(read(), 0))) }
        let fractional = fractional.load(ordering: .relaxed)
        if fractional == 0 {
            text.sample(name, labels, whole.load(ordering: .relaxed))
        } else {
            text.sample(name, labels, value)
        }
    }
}

extension Atomic<Double> {
    /// Atomic numbers add whole ones alone.
    func add(_ amount: Double) {
        var current = load(ordering: .relaxed)
        while true {
            let (exchanged, original) = weakCompareExchange(
                expected: current, desired: current + amount, ordering: .relaxed)
            if exchanged { return }
            current = original
        }
    }
}

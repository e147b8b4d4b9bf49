package import Foundation

/// Time and chance, passed in: so that the retries of two minutes and the schedule of a day run in no time in tests.
package struct Timekeeper: Sendable {
    /// How long ago some fixed point was, by a clock that never goes back.
    package var elapsed: @Sendable () -> Duration
    /// The time of day, for what is recorded and for tokens that expire.
    package var date: @Sendable () -> Date
    /// Waits; ends at once with `CancellationError` when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// A number of the range, each as likely as any other: the jitter of retries.
    package var random: @Sendable (ClosedRange<Double>) -> Double

    package init(
        elapsed: @escaping @Sendable () -> Duration, date: @escaping @Sendable () -> Date,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable (ClosedRange<Double>) -> Double
    ) {
        self.elapsed = elapsed
        self.date = date
        self.sleep = sleep
        self.random = random
    }

    /// The machine's clocks.
    package static var system: Timekeeper {
        let start = ContinuousClock.now
        return Timekeeper(
            elapsed: { ContinuousClock.now - start }, date: { Date() },
            sleep: { try await Task.sleep(for: $0, tolerance: .zero) }, random: { Double.random(in: $0) })
    }
}

/// The simulator's time: since its start, as fast as the scenario says; or moved by hand in tests.
package struct SimulatorClock: Sendable {
    /// The simulator's time since its start.
    package var now: @Sendable () -> Duration
    /// Waits for a stretch of the simulator's time.
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.now = now
        self.sleep = sleep
    }

    /// - Parameter scale: the simulator's seconds to one real second.
    package static func real(scale: Double) -> SimulatorClock {
        let start = ContinuousClock.now
        return SimulatorClock(
            now: { (ContinuousClock.now - start) * scale },
            sleep: { try await Task.sleep(for: $0 / scale, tolerance: .zero) })
    }
}

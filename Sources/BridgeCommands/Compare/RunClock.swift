import Foundation
import GuaranteeClients

/// A run's own clock: real time, or time that runs so many times as fast since the run began, also where it goes on.
enum RunClock {
    static func timekeeper(startedAt: Date, scale: Double) -> Timekeeper {
        guard scale != 1 else { return .system }
        let start = ContinuousClock.now
        return Timekeeper(
            elapsed: { (ContinuousClock.now - start) * scale },
            date: { startedAt.addingTimeInterval(Date().timeIntervalSince(startedAt) * scale) },
            sleep: { try await Task.sleep(for: $0 / scale, tolerance: .zero) },
            random: { Double.random(in: $0) })
    }
}

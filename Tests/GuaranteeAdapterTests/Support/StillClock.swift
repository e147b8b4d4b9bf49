import Foundation
import GuaranteeClients
import Synchronization

/// A clock that stands still until a test moves it, and wakes who sleeps by it.
final class StillClock: Sendable {
    private struct State {
        var now = Duration.zero
        var last = 0
        var sleepers: [Int: (until: Duration, waiter: CheckedContinuation<Void, any Error>)] = [:]
    }

    private let state = Mutex(State())
    /// The time of day at the start: 2023-11-14T22:13:20Z.
    private let start = Date(timeIntervalSince1970: 1_700_000_000)

    var now: Duration { state.withLock { $0.now } }

    /// Until when each sleeper sleeps.
    var sleepers: [Duration] { state.withLock { $0.sleepers.values.map(\.until).sorted() } }

    var timekeeper: Timekeeper {
        Timekeeper(
            elapsed: { self.now }, date: { self.start + self.now / .seconds(1) },
            sleep: { try await self.sleep($0) }, random: { $0.lowerBound })
    }

    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now += duration
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.map(\.waiter)
        }
        for waiter in due { waiter.resume() }
    }

    private func sleep(_ duration: Duration) async throws {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                let isOver = state.withLock { state in
                    guard duration > .zero, !Task.isCancelled else { return true }
                    state.sleepers[number] = (state.now + duration, waiter)
                    return false
                }
                if isOver { waiter.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: number) }
            sleeper?.waiter.resume(throwing: CancellationError())
        }
    }
}

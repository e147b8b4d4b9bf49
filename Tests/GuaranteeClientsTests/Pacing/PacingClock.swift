import Foundation
import Synchronization

@testable import GuaranteeClients

/// A clock that stands still until a test moves it, and wakes who sleeps by it.
final class PacingClock: Sendable {
    private struct Sleeper {
        var until: Duration
        var waiter: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Duration.zero
        var lastNumber = 0
        var sleepers: [Int: Sleeper] = [:]
        var sleepCount = 0
    }

    private let state = Mutex(State())
    /// Whether who sleeps has slept at once, the clock having jumped.
    private let jumps: Bool
    private static let origin = Date(timeIntervalSince1970: 1_700_000_000)

    init(jumps: Bool = false) {
        self.jumps = jumps
    }

    var now: Duration { state.withLock { $0.now } }

    var date: Date { Self.origin + now / .seconds(1) }

    /// Until when each sleeper sleeps.
    var sleepers: [Duration] { state.withLock { $0.sleepers.values.map(\.until).sorted() } }

    /// How often anyone has gone to sleep.
    var sleepCount: Int { state.withLock { $0.sleepCount } }

    var timekeeper: Timekeeper {
        Timekeeper(
            elapsed: { self.now }, date: { self.date }, sleep: { try await self.sleep($0) }, random: { $0.lowerBound })
    }

    /// Moves the clock, and wakes those whose time has come.
    func advance(to moment: Duration) {
        wake { state in
            state.now = max(state.now, moment)
            return state.sleepers.filter { $0.value.until <= state.now }.map(\.key)
        }
    }

    /// Wakes all that sleep, though it is not time.
    func wakeEarly() {
        wake { Array($0.sleepers.keys) }
    }

    private func wake(_ choose: (inout State) -> [Int]) {
        let woken = state.withLock { state in choose(&state).compactMap { state.sleepers.removeValue(forKey: $0) } }
        for sleeper in woken { sleeper.waiter.resume() }
    }

    private func sleep(_ duration: Duration) async throws {
        if jumps {
            for _ in 0..<20 { await Task.yield() }
            try Task.checkCancellation()
            state.withLock { $0.now += duration }
            return
        }
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                let isOver = state.withLock { state in
                    state.sleepCount += 1
                    if duration <= .zero || Task.isCancelled { return true }
                    state.sleepers[number] = Sleeper(until: state.now + duration, waiter: waiter)
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

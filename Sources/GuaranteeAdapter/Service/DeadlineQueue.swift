import DequeModule
import GuaranteeClients
import Synchronization

/// Tells of what takes too long. All have the same time, so that one timer is enough: for the oldest.
final class DeadlineQueue: Sendable {
    private struct State {
        /// What is to be done about those that are not over, by their numbers.
        var open: [Int: @Sendable () async -> Void] = [:]
        /// Their deadlines, and those of others that are over, oldest first.
        var deadlines: Deque<(number: Int, deadline: Duration)> = []
        var last = 0
        /// The one timer; another takes its place once nothing is left to wait for.
        var timer: (number: Int, task: Task<Void, Never>)?
        var lastTimer = 0
    }

    private enum Step {
        case wait(until: Duration)
        case late(@Sendable () async -> Void)
        case over
    }

    private let allowed: Duration
    private let time: Timekeeper
    private let state = Mutex(State())

    init(allowing allowed: Duration, time: Timekeeper) {
        self.allowed = allowed
        self.time = time
    }

    /// - Parameter onLate: done once the time is over, unless it ended before.
    /// - Returns: its number.
    func add(_ onLate: @escaping @Sendable () async -> Void) -> Int {
        let deadline = time.elapsed() + allowed
        return state.withLock { state in
            state.last += 1
            state.open[state.last] = onLate
            state.deadlines.append((state.last, deadline))
            if state.timer == nil {
                state.lastTimer += 1
                let number = state.lastTimer
                state.timer = (number, Task { await self.watch(as: number) })
            }
            return state.last
        }
    }

    /// One is over: where none is left, nothing is waited for.
    func end(_ number: Int) {
        let timer: Task<Void, Never>? = state.withLock { state in
            state.open[number] = nil
            guard state.open.isEmpty else { return nil }
            state.deadlines.removeAll(keepingCapacity: true)
            defer { state.timer = nil }
            return state.timer?.task
        }
        timer?.cancel()
    }

    private func watch(as number: Int) async {
        while true {
            switch step(of: number) {
            case .wait(let until):
                do { try await time.sleep(until - time.elapsed()) } catch { return }
            case .late(let onLate): Task { await onLate() }
            case .over: return
            }
        }
    }

    private func step(of timer: Int) -> Step {
        let now = time.elapsed()
        return state.withLock { state in
            guard state.timer?.number == timer else { return .over }
            while let first = state.deadlines.first {
                guard let onLate = state.open[first.number] else {
                    state.deadlines.removeFirst()
                    continue
                }
                guard first.deadline <= now else { return .wait(until: first.deadline) }
                state.open[first.number] = nil
                state.deadlines.removeFirst()
                return .late(onLate)
            }
            state.timer = nil
            return .over
        }
    }
}

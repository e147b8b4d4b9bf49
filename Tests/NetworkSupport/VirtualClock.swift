import Foundation
package import GuaranteeClients
import NIOCore
import NIOPosix
package import Simulator
import Synchronization

/// A clock for several programs at once, which stands still: it moves when it is told to, and, while a test waits for
/// something that a simulator holds back, to the next moment that anybody waits for.
package final class VirtualClock: Sendable {
    private struct Sleeper {
        var deadline: Duration
        var waiter: CheckedContinuation<Void, any Error>
        /// Whether time may go on for it: a simulator that holds an answer back. Deadlines of others are none to wait for.
        var moves: Bool
    }

    private struct State {
        var now = Duration.zero
        var sleepers: [Int: Sleeper] = [:]
        var last = 0
        /// How often anybody has looked at it: while they do, they have something to do.
        var looks = 0
    }

    private let state = Mutex(State())
    private let start = Date()

    package init() {}

    package var now: Duration {
        state.withLock { state in
            state.looks += 1
            return state.now
        }
    }

    /// Moves, and waits until those who waited for it have done what they do then.
    package func advance(by duration: Duration) async throws {
        guard move({ $0.now + duration }) else { return }
        var watch = Watch()
        while !watch.isQuiet(state.withLock { $0.looks }) { try await Self.moment() }
    }

    /// Lets everybody do what they have to: a moment, and as long as the event loops are behind. They are everybody's, and
    /// where another test keeps them busy, nothing need be quiet because nobody looks.
    private static func moment() async throws {
        try await Task.sleep(for: .milliseconds(5))
        for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() { try await loop.submit {}.get() }
    }

    /// Tells when nobody has looked at the clock for a while.
    private struct Watch {
        private var looks = -1
        private var quiet = 0

        mutating func isQuiet(_ seen: Int) -> Bool {
            quiet = seen == looks ? quiet + 1 : 0
            looks = seen
            guard quiet >= 8 else { return false }
            quiet = 0
            return true
        }
    }

    /// Waits until the clock has moved so far.
    package func sleep(_ duration: Duration, moves: Bool = false) async throws {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiter: CheckedContinuation<Void, any Error>) in
                let isDue = state.withLock { state in
                    state.looks += 1
                    guard !Task.isCancelled, duration > .zero else { return true }
                    state.sleepers[number] = Sleeper(
                        deadline: state.now + duration, waiter: waiter, moves: moves)
                    return false
                }
                if isDue { waiter.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: number) }?.waiter.resume(throwing: CancellationError())
        }
    }

    /// Waits for something that others bring about; where nothing happens, time goes on to the next moment that anybody
    /// waits for.
    package func waiting<Value: Sendable>(_ body: @Sendable @escaping () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                var watch = Watch()
                while !Task.isCancelled {
                    try await Self.moment()
                    // Nobody has done anything for a while, and somebody holds something back: they all wait for it.
                    guard watch.isQuiet(self.state.withLock({ $0.looks })) else { continue }
                    self.move { state in
                        guard state.sleepers.values.contains(where: \.moves) else { return state.now }
                        return state.sleepers.values.map(\.deadline).min() ?? state.now
                    }
                }
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() { if let value { return value } }
            throw CancellationError()
        }
    }

    /// - Returns: whether anybody waited for it.
    @discardableResult
    private func move(_ to: (State) -> Duration) -> Bool {
        let due: [CheckedContinuation<Void, any Error>] = state.withLock { state in
            state.now = max(state.now, to(state))
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
                .sorted { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }
            for entry in due { state.sleepers[entry.key] = nil }
            return due.map(\.value.waiter)
        }
        for waiter in due { waiter.resume() }
        return !due.isEmpty
    }

    package var simulatorClock: SimulatorClock {
        SimulatorClock(now: { self.now }, sleep: { try await self.sleep($0, moves: true) })
    }

    package var timekeeper: Timekeeper {
        Timekeeper(
            elapsed: { self.now },
            date: { [start] in start.addingTimeInterval(Double(self.now.milliseconds) / 1000) },
            sleep: { try await self.sleep($0) }, random: { ($0.lowerBound + $0.upperBound) / 2 })
    }
}

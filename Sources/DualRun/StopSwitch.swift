package import GuaranteeClients
import Synchronization

/// Ends a run in order: what waits for its turn is given up, what is in flight is finished.
package final class StopSwitch: Sendable {
    private struct State {
        var isStopped = false
        var waiting: [Int: @Sendable () -> Void] = [:]
        var last = 0
    }

    private let state = Mutex(State())

    package init() {}

    package var isStopped: Bool { state.withLock { $0.isStopped } }

    package func stop() {
        let waiting = state.withLock { state in
            state.isStopped = true
            return state.waiting.values
        }
        for cancel in waiting { cancel() }
    }

    /// Waits for something, unless the run is stopped: then it throws `CancellationError`, and so does what is waited for.
    func whileRunning<Value: Sendable>(_ body: @Sendable @escaping () async throws -> Value) async throws -> Value {
        let task = Task { try await body() }
        let number: Int? = state.withLock { state in
            guard !state.isStopped else { return nil }
            state.last += 1
            state.waiting[state.last] = { task.cancel() }
            return state.last
        }
        if number == nil { task.cancel() }
        defer { if let number { state.withLock { $0.waiting[number] = nil } } }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// The same time, whose sleepers wake when the run is stopped.
    package func heeding(_ time: Timekeeper) -> Timekeeper {
        Timekeeper(
            elapsed: time.elapsed, date: time.date,
            sleep: { [self] duration in try await whileRunning { try await time.sleep(duration) } },
            random: time.random)
    }

    /// The same pacing, which lets nothing go any more when the run is stopped.
    package func heeding(_ gate: PacingGate) -> any CallPacing { StoppedPacing(gate: gate, stopSwitch: self) }
}

private struct StoppedPacing: CallPacing {
    let gate: PacingGate
    let stopSwitch: StopSwitch

    func admit(_ call: PacedCall) async throws -> PacingTicket {
        guard !stopSwitch.isStopped else { throw CancellationError() }
        return try await stopSwitch.whileRunning { [gate] in try await gate.admit(call) }
    }

    func finish(_ ticket: PacingTicket, _ end: CallEnd) async { await gate.finish(ticket, end) }
    func cause(ofThrottled ticket: PacingTicket) async -> ThrottleCause { await gate.cause(ofThrottled: ticket) }
    func hold(for duration: Duration) async { await gate.hold(for: duration) }
}

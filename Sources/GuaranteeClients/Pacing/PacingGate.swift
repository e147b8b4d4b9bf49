package import Foundation

/// Lets calls go as a `Pacer` decides, while the tasks that make them wait.
///
/// A ticket that `admit` returned must be finished, even when its task was cancelled meanwhile: until then its lock is
/// taken.
package actor PacingGate: CallPacing {
    private struct Timer {
        var until: Duration
        var task: Task<Void, Never>
    }

    private var pacer: Pacer
    private let timekeeper: Timekeeper
    private var waiters: [PacingTicket: CheckedContinuation<Void, any Error>] = [:]
    /// The one timer: for the moment that the pacer named last.
    private var timer: Timer?

    /// - Parameter actual: the API's own rules, by which a 429 is judged.
    package init(
        limits: PacingLimits = PacingLimits(), actual: PacingLimits = PacingLimits(),
        timekeeper: Timekeeper = .system
    ) {
        pacer = Pacer(limits: limits, actual: actual)
        self.timekeeper = timekeeper
    }

    package func admit(_ call: PacedCall) async throws -> PacingTicket {
        try Task.checkCancellation()
        let ticket = pacer.add(call, at: timekeeper.elapsed())
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                waiters[ticket] = waiter
                letGo()
            }
        } onCancel: {
            Task { await self.giveUp(ticket) }
        }
        return ticket
    }

    package func finish(_ ticket: PacingTicket, _ end: CallEnd) {
        pacer.finish(ticket, end, at: timekeeper.elapsed())
        letGo()
    }

    package func cause(ofThrottled ticket: PacingTicket) -> ThrottleCause { pacer.cause(ofThrottled: ticket) }

    package func hold(for duration: Duration) {
        pacer.hold(until: timekeeper.elapsed() + duration)
        letGo()
    }

    /// A call of an earlier run, which may have arrived: it counts as if this run had made it.
    ///
    /// - Parameter finished: for a call that was in flight when that run ended, a moment at which it surely was over.
    package func recall(_ call: PacedCall, sent: Date, finished: Date) {
        let now = timekeeper.elapsed()
        let date = timekeeper.date()
        // A clock that was set back must not lock anything for longer than a call made now would.
        let age = { (moment: Date) in Duration.seconds(max(date.timeIntervalSince(moment), 0)) }
        pacer.recall(call, sent: now - age(sent), finished: now - age(finished))
        letGo()
    }

    /// How long a call must wait at least; nil when that depends on a call in flight.
    package func delay(of call: PacedCall) -> Duration? {
        let now = timekeeper.elapsed()
        return pacer.earliest(for: call, at: now).map { $0 - now }
    }

    /// What an EORI's queries that are over have left of its quota, and when there will be one more.
    package func quotaLeft(of eori: String) -> (left: Int, nextAt: Duration?) {
        pacer.quotaLeft(of: eori, at: timekeeper.elapsed())
    }

    /// How the calls stand now.
    package var counts: PacingCounts { pacer.counts(at: timekeeper.elapsed()) }

    private func giveUp(_ ticket: PacingTicket) {
        guard let waiter = waiters.removeValue(forKey: ticket) else { return }
        pacer.withdraw(ticket)
        waiter.resume(throwing: CancellationError())
        letGo()
    }

    /// Lets all go that may, and sets the timer for the rest.
    private func letGo() {
        while true {
            switch pacer.next(at: timekeeper.elapsed()) {
            case .go(let ticket): waiters.removeValue(forKey: ticket)?.resume()
            case .wait(let moment): return setTimer(moment)
            case .waitForFinish, .idle: return setTimer(nil)
            }
        }
    }

    private func setTimer(_ moment: Duration?) {
        guard timer?.until != moment else { return }
        timer?.task.cancel()
        timer = moment.map { moment in
            let pause = max(moment - timekeeper.elapsed(), .zero)
            let task = Task { [timekeeper] in
                try? await timekeeper.sleep(pause)
                // A timer that was replaced is cancelled, and says nothing. One that rings too early is set again.
                if !Task.isCancelled { ring() }
            }
            return Timer(until: moment, task: task)
        }
    }

    private func ring() {
        timer = nil
        letGo()
    }
}

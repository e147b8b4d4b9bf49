/// How the calls of a pacer stand, for progress displays.
package struct PacingCounts: Hashable, Sendable {
    /// Calls that wait, for whatever reason.
    package var waiting = 0
    /// Calls that have gone and are not over.
    package var inFlight = 0
    /// Those of the waiting whose EORI has no query left now.
    package var waitingForQuota = 0
    /// Those of the others whose lock is taken now, by a call in flight or one that is over.
    package var waitingForLocks = 0

    package init(waiting: Int = 0, inFlight: Int = 0, waitingForQuota: Int = 0, waitingForLocks: Int = 0) {
        self.waiting = waiting
        self.inFlight = inFlight
        self.waitingForQuota = waitingForQuota
        self.waitingForLocks = waitingForLocks
    }
}

extension Pacer {
    /// How the calls stand. It looks at every waiting call's lock and EORI: for a display, not for each call.
    package func counts(at moment: Duration) -> PacingCounts {
        var counts = PacingCounts(waiting: waiting.count, inFlight: flights.count)
        for (lane, calls) in lanes {
            if let quota = quotas[lane.quota], !isPast(quota.freeAt, at: moment) {
                counts.waitingForQuota += calls.count
            } else if let lock = locks[lane.lock], !isPast(lock.isInFlight ? nil : lock.freeAt, at: moment) {
                counts.waitingForLocks += calls.count
            }
        }
        return counts
    }

    /// When a call may go, waiting or not, if nothing that waits goes before it; nil when that depends on a call in
    /// flight.
    package func earliest(for call: PacedCall, at moment: Duration) -> Duration? {
        var earliest = max(moment, heldUntil, sends.opening(limits))
        if let lock = call.lockName.flatMap({ lockNumbers[$0] }).flatMap({ locks[$0] }) {
            guard !lock.isInFlight else { return nil }
            earliest = max(earliest, lock.freeAt)
        }
        if let quota = call.quotaName.flatMap({ quotaNumbers[$0] }).flatMap({ quotas[$0] }) {
            guard let freeAt = quota.freeAt else { return nil }
            earliest = max(earliest, freeAt)
        }
        return earliest
    }

    /// What an EORI's queries that are over have left of its quota: those in flight are not counted, nor those that wait.
    package func quotaLeft(of eori: String, at moment: Duration) -> (left: Int, nextAt: Duration?) {
        let counting = quotaNumbers[eori].flatMap { quotas[$0] }?.counting(at: moment) ?? []
        return (limits.queriesPerDay - counting.count, counting.first)
    }

    private func isPast(_ freeAt: Duration?, at moment: Duration) -> Bool { freeAt.map { $0 <= moment } ?? false }
}

/// How close together calls may be (contract sections 3.4 and 5).
package struct PacingLimits: Hashable, Sendable {
    /// How long a call locks its user's GRN, for both versions.
    package let lock: Duration
    /// How long after it was sent a call may still take its lock: clocks differ, and requests are on their way.
    package let lockMargin: Duration
    /// Calls a second, of all users together; at least 1.
    package let callsPerSecond: Int
    /// How much longer than a second a second is taken to be: calls don't arrive exactly as far apart as they left.
    package let rateMargin: Duration
    /// Questions to v1.0 about one EORI in any day; at least 1.
    package let queriesPerDay: Int
    /// How long a day is.
    package let day: Duration

    /// The API's own limits, or others: a number below 1 counts as 1, a negative duration as none.
    package init(
        lock: Duration = .seconds(60), lockMargin: Duration = .seconds(2), callsPerSecond: Int = 3,
        rateMargin: Duration = .milliseconds(25), queriesPerDay: Int = 1000, day: Duration = .seconds(24 * 60 * 60)
    ) {
        self.lock = max(lock, .zero)
        self.lockMargin = max(lockMargin, .zero)
        self.callsPerSecond = max(callsPerSecond, 1)
        self.rateMargin = max(rateMargin, .zero)
        self.queriesPerDay = max(queriesPerDay, 1)
        self.day = max(day, .zero)
    }

    /// How long a time may see no more than `callsPerSecond` calls.
    var rateWindow: Duration { .seconds(1) + rateMargin }

    /// How far apart calls of one lock are at least.
    var lockSpacing: Duration { lock + lockMargin }

    /// When a call's lock has surely gone: it was taken at an unknown moment while the call was under way.
    func lockEnd(sent: Duration, finished: Duration) -> Duration { max(sent + lockMargin, finished) + lock }

    /// When a call surely counts no more against its quota.
    func quotaEnd(sent: Duration, finished: Duration) -> Duration { max(sent + lockMargin, finished) + day }
}

extension Duration {
    /// Before anything that happens.
    static let longAgo = Duration.seconds(Int64.min)
}

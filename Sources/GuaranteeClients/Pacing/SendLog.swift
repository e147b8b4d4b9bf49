import DequeModule

/// The latest sends, by which the rate is kept.
struct SendLog: Sendable {
    private struct Entry: Sendable {
        var at: Duration
        /// Nil for a call of an earlier run.
        var ticket: PacingTicket?
    }

    /// Oldest first, and no more than are ever asked about.
    private var entries = Deque<Entry>()
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
    }

    mutating func insert(_ ticket: PacingTicket?, at moment: Duration) {
        let place = entries.lastIndex { $0.at <= moment }.map { $0 + 1 } ?? 0
        entries.insert(Entry(at: moment, ticket: ticket), at: place)
        if entries.count > capacity { entries.removeFirst() }
    }

    /// The first moment at which the rate allows another call.
    func opening(_ limits: PacingLimits) -> Duration {
        entries.count < limits.callsPerSecond
            ? .longAgo : entries[entries.count - limits.callsPerSecond].at + limits.rateWindow
    }

    /// The calls of the window that ends now, when they are more than the limits allow; else none.
    func crowd(at now: Duration, _ limits: PacingLimits) -> [PacingTicket] {
        let recent = entries.reversed().prefix { $0.at > now - limits.rateWindow }
        return recent.count > limits.callsPerSecond ? recent.compactMap(\.ticket) : []
    }
}

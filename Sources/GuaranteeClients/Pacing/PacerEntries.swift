import DequeModule

/// Where a call waits: with the others of the same lock and the same quota, which differ for pacing in their age alone.
struct Lane: Hashable, Sendable {
    /// The number of no lock, and of the quota of calls that need none.
    static let free = 0

    var lock = free
    var quota = free
}

extension Deque<PacingTicket> {
    /// Where a ticket is in a lane, which is in the order of its tickets.
    func place(of ticket: PacingTicket) -> Int? {
        var range = startIndex..<endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if self[middle] == ticket { return middle }
            range = self[middle].number < ticket.number ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}

/// A waiting call whose lock is free. It is outdated when its lock, or its lane's first call, is another by now.
struct ReadyCall: Comparable, Sendable {
    var lock: Int
    var ticket: PacingTicket
    /// How many calls wait for its lock.
    var chain: Int

    static func < (one: ReadyCall, other: ReadyCall) -> Bool {
        (one.chain, other.ticket.number) < (other.chain, one.ticket.number)
    }
}

/// The best call of a quota. It is outdated when the quota names another.
struct Candidate: Comparable, Sendable {
    var quota: Int
    var ready: ReadyCall
    /// How long what waits will take at least once this call has gone: the longer of the chains that it belongs to.
    var remaining: Duration

    static func < (one: Candidate, other: Candidate) -> Bool {
        (one.remaining, other.ready.ticket.number) < (other.remaining, one.ready.ticket.number)
    }
}

/// A call that has gone and is not over.
struct Flight: Sendable {
    var lane: Lane
    var sentAt: Duration
    /// Why it is throttled, should it be.
    var cause: ThrottleCause
}

/// When to look at a lock or a quota again. It is outdated when its owner names another.
struct Alarm: Comparable, Sendable {
    enum Owner: Hashable, Sendable {
        case lock(Int)
        case quota(Int)
    }

    var at: Duration
    var owner: Owner
    /// Whether calls wait for it; else it only tells when to forget.
    var isWaitedFor: Bool

    static func < (one: Alarm, other: Alarm) -> Bool { one.at < other.at }
}

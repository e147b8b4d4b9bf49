import DequeModule

/// Admits so many calls within any stretch of time; what is refused does not count.
struct SlidingWindow: Sendable {
    private var times: Deque<Duration> = []

    mutating func admit(at now: Duration, limit: Int, within span: Duration) -> Bool {
        while let first = times.first, now - first >= span { times.removeFirst() }
        guard times.count < limit else { return false }
        times.append(now)
        return true
    }
}

/// The lock that both versions share, per user and GRN exactly as sent (contract section 5).
struct LockTable: Sendable {
    struct Key: Hashable {
        var user: String
        var grn: String
    }

    private var until: [Key: Duration] = [:]
    private var order: Deque<Key> = []

    /// Takes the lock, or finds it taken: an attempt that is refused does not lengthen it.
    mutating func take(user: String, grn: String, at now: Duration, for span: Duration) -> Bool {
        // What is over is forgotten, or a day of calls would stay in memory.
        while let first = order.first, until[first].map({ $0 <= now }) ?? true {
            until[first] = nil
            order.removeFirst()
        }
        let key = Key(user: user, grn: grn)
        if let end = until[key], now < end { return false }
        if until[key] == nil { order.append(key) }
        until[key] = now + span
        return true
    }
}

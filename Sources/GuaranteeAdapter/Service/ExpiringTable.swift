import DequeModule

/// Values that all live equally long: what was put in first goes first. It knows no clock, and never holds more than it
/// may: the oldest make room.
struct ExpiringTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        var value: Value
        var since: Duration
    }

    private let lifetime: Duration
    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var order: Deque<(key: Key, since: Duration)> = []

    init(lifetime: Duration, capacity: Int = 1 << 20) {
        self.lifetime = lifetime
        self.capacity = capacity
    }

    var count: Int { entries.count }

    /// A value that still lives, and how old it is.
    func value(of key: Key, at now: Duration) -> (value: Value, age: Duration)? {
        guard lifetime > .zero, let entry = entries[key], now - entry.since < lifetime else { return nil }
        return (entry.value, now - entry.since)
    }

    mutating func set(_ value: Value, for key: Key, at now: Duration) {
        guard lifetime > .zero else { return }
        dropOld(at: now)
        entries[key] = Entry(value: value, since: now)
        order.append((key, now))
    }

    /// Removes what was set at a moment, and nothing that was set since.
    mutating func remove(_ key: Key, setAt since: Duration) {
        if entries[key]?.since == since { entries[key] = nil }
    }

    private mutating func dropOld(at now: Duration) {
        while let first = order.first, now - first.since >= lifetime || order.count >= capacity {
            order.removeFirst()
            // What was set anew since stays.
            if entries[first.key]?.since == first.since { entries[first.key] = nil }
        }
    }
}

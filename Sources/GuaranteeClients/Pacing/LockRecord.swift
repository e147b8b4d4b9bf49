/// One lock: a user's on a GRN, for both versions.
struct LockRecord: Sendable {
    struct Name: Hashable, Sendable {
        var user: String
        var grn: String
    }

    let name: Name
    let number: Int
    /// How many calls wait for it: the length of its chain.
    var waiting = 0
    /// The quotas that those calls need.
    var quotas: [Int] = []
    var isInFlight = false
    /// When the last call's lock has surely gone.
    private(set) var freeAt = Duration.longAgo
    /// The same by the API's real rules, by which a 429 is judged.
    private(set) var reallyFreeAt = Duration.longAgo
    /// Whether its calls lie among the ready ones of their quotas.
    private(set) var isOpen = false
    /// The alarm in force.
    private(set) var alarm: Alarm?

    init(name: Name, number: Int) {
        self.name = name
        self.number = number
    }

    /// Whether no trace of it is needed any more.
    var isSpent: Bool { waiting == 0 && !isInFlight && alarm == nil }

    mutating func keep(until end: Duration, really: Duration) {
        freeAt = max(freeAt, end)
        reallyFreeAt = max(reallyFreeAt, really)
    }

    /// Opens or closes it, and names an alarm for what is to come: returned when it is another than before.
    mutating func settle(at now: Duration) -> Alarm? {
        isOpen = !isInFlight && waiting > 0 && freeAt <= now
        let end = waiting > 0 ? freeAt : max(freeAt, reallyFreeAt)
        let next =
            isInFlight || end <= now ? nil : Alarm(at: end, owner: .lock(number), isWaitedFor: waiting > 0)
        defer { alarm = next }
        return next == alarm ? nil : next
    }
}

extension PacedCall {
    /// GRNs that differ in their Unicode form alone share a lock here: that is too careful, and never too close.
    var lockName: LockRecord.Name? { grn.map { LockRecord.Name(user: user, grn: $0) } }
}

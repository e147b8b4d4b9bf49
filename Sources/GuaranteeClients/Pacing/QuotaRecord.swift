import DequeModule
import HeapModule

/// The quota of one EORI, or that of the calls that need none.
struct QuotaRecord: Sendable {
    /// Nil for calls that need none.
    let eori: String?
    let number: Int
    /// How many queries a day has.
    let size: Int
    var waiting = 0
    var inFlight = 0
    /// When each query that is over counts no more: soonest first.
    private var returns = Deque<Duration>()
    /// The waiting calls whose locks are free, outdated ones among them.
    var ready = Heap<ReadyCall>()
    /// The best of them, if the quota has a query left.
    private(set) var candidate: Candidate?
    /// The alarm in force.
    private(set) var alarm: Alarm?

    init(eori: String?, number: Int, size: Int) {
        self.eori = eori
        self.number = number
        self.size = size
    }

    /// The first moment at which it has a query left; nil when that depends on calls in flight.
    var freeAt: Duration? {
        let excess = inFlight + returns.count - size
        return excess < 0 ? .longAgo : excess < returns.count ? returns[excess] : nil
    }

    /// When each query that is over and still counts will count no more, soonest first.
    func counting(at moment: Duration) -> [Duration] { returns.filter { $0 > moment } }

    /// Its EORI, when no trace of it is needed any more.
    var spentName: String? { waiting == 0 && inFlight == 0 && returns.isEmpty ? eori : nil }

    mutating func keep(until end: Duration) {
        let place = returns.lastIndex { $0 <= end }.map { $0 + 1 } ?? 0
        returns.insert(end, at: place)
    }

    /// Names the best call, of ready ones whose first is not outdated, and an alarm for what is to come: each returned
    /// when it is another than before.
    mutating func settle(at now: Duration, _ limits: PacingLimits) -> (candidate: Candidate?, alarm: Alarm?) {
        while let first = returns.first, first <= now { returns.removeFirst() }
        if waiting == 0 { ready = Heap() }
        let freeAt = freeAt
        let isFree = freeAt.map { $0 <= now } ?? false
        var best: Candidate?
        if isFree, let call = ready.max {
            let remaining = max(limits.lockSpacing * (call.chain - 1), limits.day * ((waiting - 1) / size))
            best = Candidate(quota: number, ready: call, remaining: remaining)
        }
        let end = waiting > 0 ? (isFree ? nil : freeAt) : inFlight > 0 ? nil : returns.last
        let next = end.map { Alarm(at: $0, owner: .quota(number), isWaitedFor: waiting > 0) }
        defer { (candidate, alarm) = (best, next) }
        return (best == candidate ? nil : best, next == alarm ? nil : next)
    }
}

extension PacedCall {
    var quotaName: String? { api == .v1 ? eori : nil }
}

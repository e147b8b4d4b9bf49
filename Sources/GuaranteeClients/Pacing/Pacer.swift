import DequeModule
import HeapModule

/// Decides which call goes when: as soon as the API's locks, rate and quotas allow, and none is ever dropped.
///
/// It knows no clock: moments are told as the time since an origin that the caller keeps, and may lie before it. One
/// pacer stands for one application. A call waits from `add` until `next` names it, and is in flight from then until
/// `finish`, which must follow. Of the calls that may go, the one goes whose chain takes longest, so that the whole is
/// over soonest: a chain is the calls of one lock, each a lock after the one before, or those of one EORI, each quota of
/// them a day after the one before. Among equals the oldest goes.
package struct Pacer: Sendable {
    package enum Step: Hashable, Sendable {
        /// This call goes now, and counts as gone.
        case go(PacingTicket)
        /// None may go before that moment, unless calls are added or finished until then.
        case wait(until: Duration)
        /// All that wait depend on calls in flight.
        case waitForFinish
        /// No call waits.
        case idle
    }

    package let limits: PacingLimits
    /// The API's own rules, by which a 429 is judged.
    let actual: PacingLimits

    /// The latest moment that was told.
    var now = Duration.longAgo
    var heldUntil = Duration.longAgo
    var sends: SendLog
    private var ticketCount = 0
    /// Each waiting call's lane.
    var waiting: [PacingTicket: Lane] = [:]
    var flights: [PacingTicket: Flight] = [:]
    /// The waiting calls of each lane that has any, oldest first.
    var lanes: [Lane: Deque<PacingTicket>] = [:]
    /// Locks and quotas have numbers, which are quicker to look up than names and are never used again.
    var locks: [Int: LockRecord] = [:]
    var quotas: [Int: QuotaRecord] = [Lane.free: QuotaRecord(eori: nil, number: Lane.free, size: .max)]
    var lockNumbers: [LockRecord.Name: Int] = [:]
    var quotaNumbers: [String: Int] = [:]
    private var lastNumber = Lane.free
    /// The best calls of the quotas, outdated ones among them.
    var candidates = Heap<Candidate>()
    /// When locks and quotas that calls wait for are free.
    var wakes = Heap<Alarm>()
    /// When locks and quotas that nothing waits for may be forgotten.
    var expiries = Heap<Alarm>()

    /// - Parameter actual: the API's own rules: they tell whose fault a 429 was where `limits` are looser.
    package init(limits: PacingLimits = PacingLimits(), actual: PacingLimits = PacingLimits()) {
        self.limits = limits
        self.actual = actual
        sends = SendLog(capacity: max(limits.callsPerSecond, actual.callsPerSecond + 1))
    }

    /// A call that waits from now on.
    package mutating func add(_ call: PacedCall, at moment: Duration) -> PacingTicket {
        advance(to: moment)
        ticketCount += 1
        let ticket = PacingTicket(ticketCount)
        append(ticket, to: lane(of: call))
        return ticket
    }

    /// What to do now. To be asked again until it is not `go`, and at each moment that it names.
    package mutating func next(at moment: Duration) -> Step {
        advance(to: moment)
        guard !waiting.isEmpty else { return .idle }
        let opening = max(heldUntil, sends.opening(limits))
        guard let best = bestCandidate() else {
            return nextWake().map { .wait(until: max($0, opening)) } ?? .waitForFinish
        }
        guard opening <= now else { return .wait(until: opening) }
        send(best)
        return .go(best.ready.ticket)
    }

    /// A call that went is over: its lock and its query count from now on, or not at all.
    package mutating func finish(_ ticket: PacingTicket, _ end: CallEnd, at moment: Duration) {
        advance(to: moment)
        guard let flight = flights.removeValue(forKey: ticket) else { return }
        let lane = flight.lane
        locks[lane.lock]?.isInFlight = false
        quotas[lane.quota]?.inFlight -= 1
        if end == .mayHaveArrived { keep(lane, sent: flight.sentAt, finished: now) }
        settle(lane)
    }

    /// A waiting call is given up, as if it had never been. Says whether it was waiting.
    @discardableResult
    package mutating func withdraw(_ ticket: PacingTicket) -> Bool {
        guard let lane = waiting[ticket] else { return false }
        remove(ticket, from: lane)
        return true
    }

    /// Nothing goes before that moment: a `Retry-After`.
    package mutating func hold(until moment: Duration) {
        heldUntil = max(heldUntil, moment)
    }

    /// A call of an earlier run, which may have arrived: its lock, quota and rate count. Calls come in any order.
    ///
    /// - Parameter finished: for a call that was in flight when that run ended, a moment at which it surely was over.
    package mutating func recall(_ call: PacedCall, sent: Duration, finished: Duration) {
        let lane = lane(of: call)
        sends.insert(nil, at: sent)
        keep(lane, sent: sent, finished: finished)
        settle(lane)
    }

    /// Whose fault it is that a call in flight was answered 429: ours, if by the API's own rules an earlier call of ours
    /// may have held its lock when it went, or it went among too many of ours within a second.
    package func cause(ofThrottled ticket: PacingTicket) -> ThrottleCause {
        flights[ticket]?.cause ?? .others
    }

    /// The lane of a call, whose lock and quota are known from now on.
    private mutating func lane(of call: PacedCall) -> Lane {
        var lane = Lane()
        if let name = call.lockName {
            lane.lock = lockNumbers[name] ?? nextNumber()
            if locks[lane.lock] == nil {
                lockNumbers[name] = lane.lock
                locks[lane.lock] = LockRecord(name: name, number: lane.lock)
            }
        }
        if let eori = call.quotaName {
            lane.quota = quotaNumbers[eori] ?? nextNumber()
            if quotas[lane.quota] == nil {
                quotaNumbers[eori] = lane.quota
                quotas[lane.quota] = QuotaRecord(eori: eori, number: lane.quota, size: limits.queriesPerDay)
            }
        }
        return lane
    }

    /// Counts what a call that is over has used up.
    private mutating func keep(_ lane: Lane, sent: Duration, finished: Duration) {
        locks[lane.lock]?.keep(
            until: limits.lockEnd(sent: sent, finished: finished),
            really: actual.lockEnd(sent: sent, finished: finished))
        guard lane.quota != Lane.free else { return }
        quotas[lane.quota]?.keep(until: limits.quotaEnd(sent: sent, finished: finished))
    }

    private mutating func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }
}

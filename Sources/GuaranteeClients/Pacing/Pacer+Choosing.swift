import DequeModule
import HeapModule

/// How the next call is found without looking at all of them: locks that come free put their calls into the heaps of
/// their quotas, quotas with a query left put their best call into the heap of candidates. What is outdated stays where
/// it is, and is thrown away when it comes up.
extension Pacer {
    /// Lets time pass: locks and quotas come free, and what no longer matters is forgotten.
    mutating func advance(to moment: Duration) {
        now = max(now, moment)
        while let alarm = wakes.min, alarm.at <= now {
            wakes.removeMin()
            ring(alarm)
        }
        while let alarm = expiries.min, alarm.at <= now {
            expiries.removeMin()
            ring(alarm)
        }
    }

    /// The best call that locks and quotas let go now.
    mutating func bestCandidate() -> Candidate? {
        while let top = candidates.max {
            if quotas[top.quota]?.candidate == top { return top }
            candidates.removeMax()
        }
        return nil
    }

    /// When a lock or a quota that calls wait for comes free; nil when that depends on calls in flight.
    mutating func nextWake() -> Duration? {
        while let alarm = wakes.min {
            if isInForce(alarm) { return alarm.at }
            wakes.removeMin()
        }
        return nil
    }

    mutating func send(_ candidate: Candidate) {
        let ticket = candidate.ready.ticket
        let lane = Lane(lock: candidate.ready.lock, quota: candidate.quota)
        let isReallyLocked = locks[lane.lock].map { $0.reallyFreeAt > now } ?? false
        flights[ticket] = Flight(lane: lane, sentAt: now, cause: isReallyLocked ? .ourOwnPacing : .others)
        sends.insert(ticket, at: now)
        // Any of too many calls may be the refused one: they need not arrive in the order in which they left.
        for crowded in sends.crowd(at: now, actual) { flights[crowded]?.cause = .ourOwnPacing }
        locks[lane.lock]?.isInFlight = true
        quotas[lane.quota]?.inFlight += 1
        remove(ticket, from: lane)
    }

    mutating func append(_ ticket: PacingTicket, to lane: Lane) {
        waiting[ticket] = lane
        if lanes[lane] == nil { locks[lane.lock]?.quotas.append(lane.quota) }
        lanes[lane, default: []].append(ticket)
        count(1, in: lane)
    }

    mutating func remove(_ ticket: PacingTicket, from lane: Lane) {
        waiting[ticket] = nil
        if let place = lanes[lane]?.place(of: ticket) { lanes[lane]?.remove(at: place) }
        count(-1, in: lane)
        if lanes[lane]?.isEmpty == true {
            lanes[lane] = nil
            locks[lane.lock]?.quotas.removeAll { $0 == lane.quota }
        }
    }

    private mutating func count(_ change: Int, in lane: Lane) {
        locks[lane.lock]?.waiting += change
        quotas[lane.quota]?.waiting += change
        if lane.lock == Lane.free { post(lane) }
        settle(lane)
    }

    /// Puts a lane's lock and quota right after a change.
    mutating func settle(_ lane: Lane) {
        settle(lock: lane.lock)
        settle(quota: lane.quota)
    }

    /// Puts a lock right after a change: its calls among the ready ones, or an alarm, or out of memory.
    private mutating func settle(lock number: Int) {
        guard let wasOpen = locks[number]?.isOpen else { return }
        set(locks[number]?.settle(at: now))
        guard let lock = locks[number] else { return }
        if wasOpen || lock.isOpen {
            for quota in lock.quotas {
                if lock.isOpen { post(Lane(lock: number, quota: quota)) }
                settle(quota: quota)
            }
        }
        if lock.isSpent {
            lockNumbers[lock.name] = nil
            locks[number] = nil
        }
    }

    /// Puts a quota right after a change: its best call among the candidates, or an alarm, or out of memory.
    private mutating func settle(quota number: Int) {
        while let top = quotas[number]?.ready.max, !isReady(top, in: number) { quotas[number]?.ready.removeMax() }
        guard let news = quotas[number]?.settle(at: now, limits) else { return }
        if let candidate = news.candidate { candidates.insert(candidate) }
        set(news.alarm)
        if let eori = quotas[number]?.spentName {
            quotaNumbers[eori] = nil
            quotas[number] = nil
        }
    }

    private mutating func post(_ lane: Lane) {
        guard let first = lanes[lane]?.first else { return }
        let ready = ReadyCall(lock: lane.lock, ticket: first, chain: locks[lane.lock]?.waiting ?? 1)
        quotas[lane.quota]?.ready.insert(ready)
    }

    private func isReady(_ call: ReadyCall, in quota: Int) -> Bool {
        guard lanes[Lane(lock: call.lock, quota: quota)]?.first == call.ticket else { return false }
        return locks[call.lock].map { $0.isOpen && $0.waiting == call.chain } ?? true
    }

    private mutating func set(_ alarm: Alarm?) {
        guard let alarm else { return }
        if alarm.isWaitedFor { wakes.insert(alarm) } else { expiries.insert(alarm) }
    }

    private mutating func ring(_ alarm: Alarm) {
        switch alarm.owner {
        case .lock(let number): settle(lock: number)
        case .quota(let number): settle(quota: number)
        }
    }

    private func isInForce(_ alarm: Alarm) -> Bool {
        switch alarm.owner {
        case .lock(let number): locks[number]?.alarm == alarm
        case .quota(let number): quotas[number]?.alarm == alarm
        }
    }
}

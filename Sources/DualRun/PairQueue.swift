import DequeModule

/// Which pair is opened next. Pairs of one lock (user and GRN) follow one another, for their calls would only wait;
/// traders (EORIs) take turns, and one whose queries of the day are used up waits aside and holds up nobody.
///
/// It knows no clock: moments are told.
package struct PairQueue: Sendable {
    package struct Entry: Sendable, Equatable {
        package var number: Int
        /// The lock that the pair's calls take.
        package var lock: String
        /// The quota that its question to v1.0 counts against; nil: none.
        package var eori: String?

        package init(number: Int, lock: String, eori: String?) {
            self.number = number
            self.lock = lock
            self.eori = eori
        }
    }

    package enum Step: Sendable, Equatable {
        case open(Entry)
        /// Whether this trader's quota has room must be told first.
        case needsQuota(String)
        /// Nothing before that moment, unless a pair is closed.
        case wait(until: Duration)
        /// Nothing until a pair is closed.
        case waitForClose
        case empty
    }

    /// How much of a quota is left.
    package struct Quota: Sendable, Equatable {
        /// Queries that may still be made now.
        package var left: Int
        /// When there is one more; nil where that is not known yet.
        package var nextAt: Duration?

        package init(left: Int, nextAt: Duration? = nil) {
            self.left = left
            self.nextAt = nextAt
        }
    }

    /// The pairs of one trader.
    private struct Line: Sendable {
        var waiting = Deque<Entry>()
        /// Pairs under way whose question to v1.0 does not count yet.
        var reserved = 0
        /// Until when it waits aside.
        var parkedUntil: Duration?
    }

    private var lines: [String?: Line] = [:]
    /// Traders that have pairs waiting and are not aside, whose turn comes first at the front.
    private var turns = Deque<String?>()
    private var parked: Set<String?> = []
    private var openLocks: Set<String> = []
    /// Pairs whose lock another pair has, in their order.
    private var held: [String: Deque<Entry>] = [:]
    package private(set) var count = 0

    package init() {}

    package mutating func add(_ entry: Entry) {
        count += 1
        if lines[entry.eori] == nil {
            lines[entry.eori] = Line()
        }
        if lines[entry.eori]?.waiting.isEmpty == true, !parked.contains(entry.eori) { turns.append(entry.eori) }
        lines[entry.eori]?.waiting.append(entry)
    }

    /// The next pair to open; it counts as open from now on.
    ///
    /// - Parameter quota: what is left of a trader's quota, pairs under way not counted; nil where it is not known yet.
    package mutating func next(at now: Duration, quota: (String) -> Quota?) -> Step {
        unpark(at: now)
        while let eori = turns.popFirst() {
            guard var line = lines[eori], let entry = line.waiting.first else { continue }
            if let eori {
                guard let left = quota(eori) else {
                    turns.prepend(eori)
                    return .needsQuota(eori)
                }
                guard left.left > line.reserved else {
                    // Where pairs under way have reserved the rest, one of them will change what is known.
                    line.parkedUntil = left.nextAt.map { max($0, now + .seconds(1)) } ?? now + .seconds(60)
                    lines[eori] = line
                    parked.insert(eori)
                    continue
                }
            }
            line.waiting.removeFirst()
            if openLocks.contains(entry.lock) {
                held[entry.lock, default: []].append(entry)
                lines[eori] = line
                if !line.waiting.isEmpty { turns.prepend(eori) }
                continue
            }
            line.reserved += 1
            lines[eori] = line
            if !line.waiting.isEmpty { turns.append(eori) }
            openLocks.insert(entry.lock)
            count -= 1
            return .open(entry)
        }
        guard count > 0 else { return .empty }
        let wakes = parked.compactMap { lines[$0]?.parkedUntil }.min()
        return wakes.map { .wait(until: $0) } ?? .waitForClose
    }

    /// A pair that is open will ask v1.0 once more.
    package mutating func reserve(_ entry: Entry) { lines[entry.eori]?.reserved += 1 }

    /// The pair's question to v1.0 counts against its quota by itself from now on.
    package mutating func settleQuota(of entry: Entry) {
        lines[entry.eori]?.reserved -= 1
    }

    /// The pair is over: the next of its lock may come.
    package mutating func close(_ entry: Entry) {
        openLocks.remove(entry.lock)
        if var waiting = held[entry.lock], let next = waiting.popFirst() {
            held[entry.lock] = waiting.isEmpty ? nil : waiting
            if lines[next.eori]?.waiting.isEmpty == true, !parked.contains(next.eori) { turns.append(next.eori) }
            lines[next.eori]?.waiting.append(next)
        }
        if parked.remove(entry.eori) != nil {
            lines[entry.eori]?.parkedUntil = nil
            if lines[entry.eori]?.waiting.isEmpty == false { turns.append(entry.eori) }
        }
    }

    private mutating func unpark(at now: Duration) {
        for eori in parked {
            guard let until = lines[eori]?.parkedUntil, until <= now else { continue }
            parked.remove(eori)
            lines[eori]?.parkedUntil = nil
            if lines[eori]?.waiting.isEmpty == false { turns.append(eori) }
        }
    }
}

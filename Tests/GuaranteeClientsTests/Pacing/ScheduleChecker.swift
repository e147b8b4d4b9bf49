@testable import GuaranteeClients

/// Looks for what the API would have refused in a schedule that is over. It shares nothing with the pacer but the limits.
struct ScheduleChecker {
    var limits = PacingLimits()

    /// The rules that events, in the order in which they went, break, in words; the history is what an earlier run did.
    func violations(in events: [PacedEvent], after history: [PacedEvent] = []) -> [String] {
        lockViolations(history + events) + rateViolations(history + events) + quotaViolations(history + events)
            + (Set(events.map(\.ticket)).count == events.count ? [] : ["a call went twice"])
    }

    private func lockViolations(_ events: [PacedEvent]) -> [String] {
        var found: [String] = []
        let ofLocks = Dictionary(grouping: events.filter { $0.call.grn != nil }) { [$0.call.user, $0.call.grn ?? ""] }
        for (name, calls) in ofLocks {
            var free = Duration.seconds(-1_000_000)
            for call in calls {
                if call.sent < free, call.ticket.number > 0 { found.append("\(name) at \(call.sent), free at \(free)") }
                free = max(free, call.finished)
                if call.end == .mayHaveArrived {
                    free = max(free, max(call.sent + limits.lockMargin, call.finished) + limits.lock)
                }
            }
        }
        return found
    }

    private func rateViolations(_ events: [PacedEvent]) -> [String] {
        let sends = events.map { ($0.sent, $0.ticket.number) }.sorted { $0.0 < $1.0 }
        let count = limits.callsPerSecond
        return sends.indices.dropFirst(count).compactMap { last in
            let span = sends[last].0 - sends[last - count].0
            guard span < .seconds(1) + limits.rateMargin, sends[last].1 > 0 else { return nil }
            return "\(count + 1) calls in \(span) until \(sends[last].0)"
        }
    }

    /// A query counts from when it was sent until a day after it surely was over: at no send may more count than a day
    /// has.
    private func quotaViolations(_ events: [PacedEvent]) -> [String] {
        var found: [String] = []
        let queries = events.filter { $0.call.api == .v1 && $0.call.eori != nil }
        for (eori, calls) in Dictionary(grouping: queries, by: { $0.call.eori ?? "" }) {
            let starts = calls.map { ($0.sent, $0.ticket.number) }.sorted { $0.0 < $1.0 }
            let ends = calls.map { $0.end == .neverArrived ? $0.finished : $0.finished + limits.day }.sorted()
            var over = 0
            for (index, start) in starts.enumerated() {
                while over < ends.count, ends[over] <= start.0 { over += 1 }
                if index + 1 - over > limits.queriesPerDay, start.1 > 0 {
                    found.append("\(eori): \(index + 1 - over) queries at \(start.0)")
                }
            }
        }
        return found
    }
}

/// How short a schedule of calls can be at best, from the first send to the last.
struct ScheduleBounds {
    var limits = PacingLimits()
    /// Each call with how long it lasts.
    var calls: [(call: PacedCall, length: Duration)]

    /// Calls leave in groups, each a window after the one before.
    var byRate: Duration {
        let groups = (calls.count + limits.callsPerSecond - 1) / limits.callsPerSecond
        return (.seconds(1) + limits.rateMargin) * (groups - 1)
    }

    /// Of one lock each call but the last, which may be the longest, lasts or arrives, and then locks.
    var byLocks: Duration {
        let ofLocks = Dictionary(grouping: calls.filter { $0.call.grn != nil }) { [$0.call.user, $0.call.grn ?? ""] }
        return ofLocks.values.map { calls in
            let spans = calls.map { max($0.length, limits.lockMargin) + limits.lock }
            return spans.reduce(.zero, +) - (spans.max() ?? .zero)
        }.max() ?? .zero
    }

    /// Of one EORI each query goes a day at least after the one that came a whole quota before it.
    var byQuota: Duration {
        let queries = calls.filter { $0.call.api == .v1 && $0.call.eori != nil }
        return Dictionary(grouping: queries) { $0.call.eori ?? "" }.values.map { calls in
            limits.day * ((calls.count - 1) / limits.queriesPerDay)
        }.max() ?? .zero
    }

    var longest: Duration { max(byRate, byLocks, byQuota) }
}

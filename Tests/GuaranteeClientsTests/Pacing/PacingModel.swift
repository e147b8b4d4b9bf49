import Testing

@testable import GuaranteeClients

/// What a pacer should decide, worked out from all that ever happened, each time anew.
struct PacingModel {
    var limits: PacingLimits
    /// Calls of an earlier run.
    var history: [PacedEvent] = []
    /// Until when nothing was to go, after how many calls.
    var holds: [(count: Int, until: Duration)] = []

    /// When a call may go if nothing else goes; nil when that depends on a call in flight.
    func earliest(for call: PacedCall, at now: Duration, _ events: [PacedEvent]) -> Duration? {
        freeAt(for: call, at: now, history + events).map { max($0, opening(at: now, history + events)) }
    }

    /// When any call may go.
    private func opening(at now: Duration, _ events: [PacedEvent]) -> Duration {
        let opening = holds.reduce(now) { max($0, $1.until) }
        let sends = events.map(\.sent).sorted(by: >)
        guard sends.count >= limits.callsPerSecond else { return opening }
        return max(opening, sends[limits.callsPerSecond - 1] + .seconds(1) + limits.rateMargin)
    }

    /// When the lock and the quota of a call are free.
    private func freeAt(for call: PacedCall, at now: Duration, _ events: [PacedEvent]) -> Duration? {
        var earliest = now
        if let grn = call.grn {
            for event in events where event.call.grn == grn && event.call.user == call.user {
                if event.finished > now { return nil }
                guard event.end == .mayHaveArrived else { continue }
                earliest = max(earliest, max(event.sent + limits.lockMargin, event.finished) + limits.lock)
            }
        }
        if call.api == .v1, let eori = call.eori {
            let queries = events.filter { $0.call.api == .v1 && $0.call.eori == eori }
            let inFlight = queries.count { $0.finished > now }
            let ends = queries.filter { $0.finished <= now && $0.end == .mayHaveArrived }
                .map { max($0.sent + limits.lockMargin, $0.finished) + limits.day }.sorted(by: >)
            // So many of the queries that are over may still count when the call goes.
            let room = limits.queriesPerDay - inFlight - 1
            if room < 0 { return nil }
            if ends.count > room { earliest = max(earliest, ends[room]) }
        }
        return earliest
    }

    /// How long what waits takes at least, once this call has gone.
    func remaining(_ call: PacedCall, of waiting: [PacedCall]) -> Duration {
        let sameLock = call.grn.map { grn in waiting.count { $0.grn == grn && $0.user == call.user } } ?? 1
        let isQuery = call.api == .v1 && call.eori != nil
        let sameQuota = isQuery ? waiting.count { $0.api == .v1 && $0.eori == call.eori } : 1
        return max(
            (limits.lock + limits.lockMargin) * (sameLock - 1), limits.day * ((sameQuota - 1) / limits.queriesPerDay))
    }

    /// Lets go what may go now, one at a time, and holds each decision against its own. Returns when to look again.
    func step(_ simulation: inout PacingSimulation) -> Duration? {
        while true {
            let now = simulation.now
            let count = simulation.events.count
            let calls = Array(simulation.waiting.values)
            let events = history + simulation.events
            let opening = opening(at: now, events)
            let moments = simulation.waiting.compactMapValues { call in
                freeAt(for: call, at: now, events).map { max($0, opening) }
            }
            let eligible = simulation.waiting.filter { moments[$0.key] == now }
            let moment = simulation.stepOnce()
            if simulation.events.count > count, let gone = simulation.events.last {
                #expect(eligible[gone.ticket] != nil, "\(gone) was not to go")
                #expect(remaining(gone.call, of: calls) == eligible.values.map { remaining($0, of: calls) }.max())
                let twins = eligible.filter { $0.value == gone.call }.keys
                #expect(twins.allSatisfy { $0.number >= gone.ticket.number }, "an older one of the same waits")
                continue
            }
            let known = moments.values.min()
            if let known, let moment { #expect(moment <= known, "\(known) was missed") }
            #expect(known != now, "one that may go was left waiting")
            return moment
        }
    }
}

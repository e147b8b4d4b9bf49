import Testing

@testable import GuaranteeClients

extension PacedCall {
    static func v1(_ grn: String?, user: String = "anna", eori: String? = nil) -> PacedCall {
        PacedCall(api: .v1, user: user, grn: grn, eori: eori)
    }

    static func v2(_ grn: String?, user: String = "anna", eori: String? = nil) -> PacedCall {
        PacedCall(api: .v2, user: user, grn: grn, eori: eori)
    }
}

/// A call that went: what the checker and the tests look at.
struct PacedEvent {
    var call: PacedCall
    var ticket: PacingTicket
    var sent: Duration
    var finished: Duration
    var end = CallEnd.mayHaveArrived
}

/// A pacer and the world around it: a clock that jumps to whatever comes next, and calls that last as long as they are
/// told to.
struct PacingSimulation {
    var pacer: Pacer
    private(set) var now = Duration.zero
    /// In the order in which they went.
    private(set) var events: [PacedEvent] = []
    private(set) var waiting: [PacingTicket: PacedCall] = [:]
    /// How long each call lasts, which is known before it goes.
    private(set) var lengths: [PacingTicket: Duration] = [:]
    private var ends: [PacingTicket: CallEnd] = [:]
    /// The events in flight, those that finish first last.
    private var flights: [Int] = []
    /// What else is asked once a call is over.
    var followUp: (PacedCall) -> PacedCall? = { _ in nil }

    init(_ pacer: Pacer = Pacer()) {
        self.pacer = pacer
    }

    /// How long it took until the last call went.
    var length: Duration { events.last?.sent ?? .zero }

    @discardableResult
    mutating func add(
        _ call: PacedCall, lasting length: Duration = .zero, end: CallEnd = .mayHaveArrived
    ) -> PacingTicket {
        let ticket = pacer.add(call, at: now)
        #expect(waiting.updateValue(call, forKey: ticket) == nil)
        lengths[ticket] = length
        ends[ticket] = end
        return ticket
    }

    mutating func withdraw(_ ticket: PacingTicket) {
        #expect(pacer.withdraw(ticket) == (waiting.removeValue(forKey: ticket) != nil))
    }

    /// Lets everything go and finish.
    mutating func run() {
        while let moment = step() { pass(to: moment) }
    }

    /// Lets go what may go now. Returns when something happens next; nil when all is over.
    mutating func step() -> Duration? {
        while true {
            let count = events.count
            let moment = stepOnce()
            if events.count == count { return moment }
        }
    }

    /// Lets one call go if one may; else returns when something happens next, nil when all is over.
    mutating func stepOnce() -> Duration? {
        let step = pacer.next(at: now)
        let finish = flights.last.map { events[$0].finished }
        switch step {
        case .go(let ticket):
            go(ticket)
            return now
        case .wait(let moment):
            guard moment > now, !waiting.isEmpty else {
                Issue.record("told to wait until \(moment) at \(now), with \(waiting.count) waiting")
                return nil
            }
            return finish.map { min($0, moment) } ?? moment
        case .waitForFinish:
            #expect(finish != nil && !waiting.isEmpty)
            return finish
        case .idle:
            #expect(waiting.isEmpty)
            return finish
        }
    }

    /// Lets time pass, and the calls finish whose time has come.
    mutating func pass(to moment: Duration) {
        while let flight = flights.last, events[flight].finished <= moment {
            flights.removeLast()
            let event = events[flight]
            now = max(now, event.finished)
            pacer.finish(event.ticket, event.end, at: now)
            if let next = followUp(event.call) { add(next) }
        }
        now = max(now, moment)
    }

    private mutating func go(_ ticket: PacingTicket) {
        guard let call = waiting.removeValue(forKey: ticket), let length = lengths[ticket], let end = ends[ticket]
        else {
            Issue.record("\(ticket) went, which does not wait")
            return
        }
        let event = PacedEvent(call: call, ticket: ticket, sent: now, finished: now + length, end: end)
        if length == .zero {
            pacer.finish(ticket, end, at: now)
            if let next = followUp(call) { add(next) }
        } else {
            let place = flights.firstIndex { events[$0].finished < event.finished } ?? flights.endIndex
            flights.insert(events.count, at: place)
        }
        events.append(event)
    }
}

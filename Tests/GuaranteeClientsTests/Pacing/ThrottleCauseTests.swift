import TestSupport
import Testing

@testable import GuaranteeClients

@Suite("Whose fault a 429 is")
struct ThrottleCauseTests {
    /// Lets two calls of one lock go as close as limits allow, and judges the second.
    private func secondCause(
        _ limits: PacingLimits, actual: PacingLimits = PacingLimits(), _ end: CallEnd = .mayHaveArrived,
        recalled: Bool = false
    ) -> ThrottleCause? {
        var pacer = Pacer(limits: limits, actual: actual)
        if recalled {
            pacer.recall(.v1("A"), sent: .zero, finished: .seconds(5))
        } else {
            let first = pacer.add(.v1("A"), at: .zero)
            guard pacer.next(at: .zero) == .go(first), pacer.cause(ofThrottled: first) == .others else { return nil }
            pacer.finish(first, end, at: .seconds(5))
        }
        let second = pacer.add(.v2("A"), at: .seconds(5))
        var now = Duration.seconds(5)
        while case .wait(let moment) = pacer.next(at: now) { now = moment }
        return pacer.cause(ofThrottled: second)
    }

    @Test("With the API's own limits it is never ours")
    func others() {
        #expect(secondCause(PacingLimits()) == .others)
        #expect(secondCause(PacingLimits(), recalled: true) == .others)
    }

    @Test("A lock shorter than the API's makes it ours; but not when the call before never arrived")
    func shortLock() {
        #expect(secondCause(PacingLimits(lock: .seconds(1))) == .ourOwnPacing)
        #expect(secondCause(PacingLimits(lock: .seconds(59))) == .ourOwnPacing)
        #expect(secondCause(PacingLimits(lock: .seconds(1)), recalled: true) == .ourOwnPacing)
        #expect(secondCause(PacingLimits(lock: .seconds(1)), .neverArrived) == .others)
    }

    @Test("A short lock is right where the API's is short too")
    func shortLockEverywhere() {
        let limits = PacingLimits(lock: .seconds(1))
        #expect(secondCause(limits, actual: limits) == .others)
    }

    @Test("More calls a second than the API takes make it ours, for each of them that is in flight")
    func rate() {
        var pacer = Pacer(limits: PacingLimits(callsPerSecond: 10))
        let tickets = (0..<8).map { _ in pacer.add(.v2(nil), at: .zero) }
        let moments = [0, 1000, 1100, 1200, 1300, 4000, 4100, 4200].map { Duration.milliseconds($0) }
        for (ticket, moment) in zip(tickets, moments) { #expect(pacer.next(at: moment) == .go(ticket)) }
        #expect(
            tickets.map { pacer.cause(ofThrottled: $0) == .ourOwnPacing } == [
                false, true, true, true, true, false, false, false,
            ])
    }

    @Test("A rate margin narrower than the API may need makes it ours")
    func rateMargin() {
        var pacer = Pacer(limits: PacingLimits(rateMargin: .zero))
        let tickets = (0..<4).map { _ in pacer.add(.v2(nil), at: .zero) }
        for ticket in tickets.prefix(3) { #expect(pacer.next(at: .zero) == .go(ticket)) }
        #expect(pacer.next(at: .seconds(1)) == .go(tickets[3]))
        #expect(tickets.allSatisfy { pacer.cause(ofThrottled: $0) == .ourOwnPacing })
    }

    @Test("A call that was over before the crowd came is not of it")
    func beforeTheCrowd() {
        var pacer = Pacer(limits: PacingLimits(callsPerSecond: 10))
        let tickets = (0..<4).map { _ in pacer.add(.v2(nil), at: .zero) }
        for ticket in tickets.prefix(3) { #expect(pacer.next(at: .zero) == .go(ticket)) }
        #expect(pacer.cause(ofThrottled: tickets[0]) == .others)
        pacer.finish(tickets[0], .mayHaveArrived, at: .zero)
        #expect(pacer.next(at: .milliseconds(500)) == .go(tickets[3]))
        #expect(tickets.map { pacer.cause(ofThrottled: $0) } == [.others] + Array(repeating: .ourOwnPacing, count: 3))
    }

    @Test("Whatever happens, limits no looser than the API's never make it ours")
    func neverOurs() {
        var random = SeededRandom.forTest("ThrottleCauseTests")
        for _ in 0..<20 {
            let limits = PacingLimits(
                lock: .seconds(random.int(in: 60...70)), callsPerSecond: random.int(in: 1...3), queriesPerDay: 5)
            var simulation = PacingSimulation(Pacer(limits: limits))
            for _ in 0..<60 {
                let grn = random.pick(["A", "B", "C", nil])
                simulation.add(
                    random.chance(50) ? .v1(grn, eori: "E") : .v2(grn), lasting: .milliseconds(random.below(5000)),
                    end: random.chance(20) ? .neverArrived : .mayHaveArrived)
            }
            while let moment = simulation.step() {
                for ticket in simulation.pacer.flights.keys {
                    #expect(simulation.pacer.cause(ofThrottled: ticket) == .others)
                }
                simulation.pass(to: moment)
            }
            #expect(simulation.events.count == 60)
        }
    }
}

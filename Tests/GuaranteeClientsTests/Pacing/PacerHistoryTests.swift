import Testing

@testable import GuaranteeClients

@Suite("What a pacer remembers")
struct PacerHistoryTests {
    private let day = Duration.seconds(86_400)

    @Test("Calls of an earlier run hold their locks, whatever order they are told in")
    func locks() {
        var pacer = Pacer()
        pacer.recall(.v1("A"), sent: .seconds(-12), finished: .seconds(-10))
        pacer.recall(.v2("A"), sent: .seconds(-100), finished: .seconds(-99))
        let ticket = pacer.add(.v2("A"), at: .zero)
        #expect(pacer.next(at: .zero) == .wait(until: .seconds(50)))
        #expect(pacer.next(at: .seconds(50)) == .go(ticket))
    }

    @Test("Calls of an earlier run count for the rate, whatever order they are told in")
    func rate() {
        var pacer = Pacer()
        for sent in [-600, -200, -2000, -400, -1500] {
            pacer.recall(.v2(nil), sent: .milliseconds(sent), finished: .zero)
        }
        let ticket = pacer.add(.v2("A"), at: .zero)
        #expect(pacer.next(at: .zero) == .wait(until: .milliseconds(425)))
        #expect(pacer.next(at: .milliseconds(425)) == .go(ticket))
    }

    @Test("Calls of an earlier run count for their quota, even more of them than it allows")
    func quota() {
        var pacer = Pacer(limits: PacingLimits(queriesPerDay: 2))
        for hour in [4, 1, 3, 2] {
            let moment = Duration.seconds(-3600 * hour)
            pacer.recall(.v1("A", eori: "E"), sent: moment, finished: moment + .seconds(30))
        }
        let ticket = pacer.add(.v1("B", eori: "E"), at: .zero)
        let free = day - .seconds(3600 * 2) + .seconds(30)
        #expect(pacer.next(at: .zero) == .wait(until: free))
        #expect(pacer.earliest(for: .v1("B", eori: "E"), at: .zero) == free)
        #expect(pacer.next(at: free) == .go(ticket))
    }

    @Test("A call that is told of while others wait closes the lock that they were to take")
    func whileWaiting() {
        var pacer = Pacer()
        let ticket = pacer.add(.v2("A"), at: .seconds(100))
        pacer.recall(.v1("A"), sent: .seconds(90), finished: .seconds(95))
        #expect(pacer.next(at: .seconds(100)) == .wait(until: .seconds(155)))
        #expect(pacer.next(at: .seconds(155)) == .go(ticket))
    }

    @Test("What no longer matters is forgotten: locks after a minute, quotas after a day")
    func forgetting() {
        var simulation = PacingSimulation()
        for number in 0..<500 {
            simulation.add(.v1("GRN\(number)", eori: "EORI\(number % 7)"))
            simulation.add(.v2("GRN\(number)"), end: .neverArrived)
        }
        simulation.add(.v1("GRN0", eori: "EORI1000"), lasting: .seconds(1), end: .neverArrived)
        simulation.run()
        var pacer = simulation.pacer
        let end = simulation.length
        #expect(pacer.next(at: end + .seconds(62)) == .idle)
        #expect(pacer.locks.isEmpty && pacer.lockNumbers.isEmpty)
        #expect(pacer.quotas.count == 8 && pacer.quotaNumbers.count == 7)
        #expect(pacer.next(at: end + day + .seconds(2)) == .idle)
        #expect(pacer.quotas.keys.elementsEqual([Lane.free]) && pacer.quotaNumbers.isEmpty)
        #expect(pacer.waiting.isEmpty && pacer.flights.isEmpty && pacer.lanes.isEmpty)
    }

    @Test("Calls that are given up leave nothing behind")
    func givenUp() {
        var pacer = Pacer()
        let tickets = (0..<9).map { pacer.add(.v1("A\($0 % 3)", eori: "E\($0 % 2)"), at: .zero) }
        for ticket in tickets { #expect(pacer.withdraw(ticket) == true) }
        for ticket in tickets { #expect(pacer.withdraw(ticket) == false) }
        #expect(pacer.next(at: .zero) == .idle)
        #expect(pacer.locks.isEmpty && pacer.lanes.isEmpty && pacer.quotas.count == 1)
        #expect(pacer.lockNumbers.isEmpty && pacer.quotaNumbers.isEmpty)
    }

    @Test("Nothing is waited for that only a call needed which is given up")
    func waitingForLess() {
        var pacer = Pacer()
        pacer.recall(.v1("A"), sent: .seconds(0), finished: .seconds(3))
        pacer.recall(.v1("B"), sent: .seconds(0), finished: .seconds(5))
        let first = pacer.add(.v2("A"), at: .seconds(6))
        _ = pacer.add(.v2("B"), at: .seconds(6))
        #expect(pacer.next(at: .seconds(6)) == .wait(until: .seconds(63)))
        pacer.withdraw(first)
        #expect(pacer.next(at: .seconds(6)) == .wait(until: .seconds(65)))
        let again = pacer.add(.v2("A"), at: .seconds(7))
        #expect(pacer.next(at: .seconds(7)) == .wait(until: .seconds(63)))
        #expect(pacer.next(at: .seconds(63)) == .go(again))
    }

    @Test("A call that has gone can't be given up")
    func gone() {
        var pacer = Pacer()
        let ticket = pacer.add(.v2("A"), at: .zero)
        #expect(pacer.next(at: .zero) == .go(ticket))
        #expect(pacer.withdraw(ticket) == false)
        #expect(pacer.counts(at: .zero) == PacingCounts(inFlight: 1))
    }
}

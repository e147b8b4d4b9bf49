import Testing

@testable import GuaranteeClients

@Suite("Calls a second")
struct PacerRateTests {
    private let window = Duration.milliseconds(1025)

    @Test("The fourth call waits until a second and a margin after the first, whoever asks whatever")
    func fourth() {
        var pacer = Pacer()
        let calls: [PacedCall] = [.v1("A"), .v2("B", user: "ben"), .v1(nil), .v2("C"), .v2("D")]
        let tickets = calls.map { pacer.add($0, at: .zero) }
        #expect(pacer.next(at: .zero) == .go(tickets[0]))
        #expect(pacer.next(at: .milliseconds(400)) == .go(tickets[1]))
        #expect(pacer.next(at: .milliseconds(400)) == .go(tickets[2]))
        #expect(pacer.next(at: .milliseconds(400)) == .wait(until: window))
        #expect(pacer.next(at: window - .nanoseconds(1)) == .wait(until: window))
        #expect(pacer.next(at: window) == .go(tickets[3]))
        #expect(pacer.next(at: window) == .wait(until: .milliseconds(1425)))
        #expect(pacer.next(at: .milliseconds(1425)) == .go(tickets[4]))
        #expect(pacer.next(at: .milliseconds(1425)) == .idle)
    }

    @Test("A call that never arrived has used its place all the same")
    func neverArrived() {
        var pacer = Pacer(limits: PacingLimits(callsPerSecond: 1, rateMargin: .zero))
        let tickets = [pacer.add(.v2("A"), at: .zero), pacer.add(.v2("B"), at: .zero)]
        #expect(pacer.next(at: .zero) == .go(tickets[0]))
        pacer.finish(tickets[0], .neverArrived, at: .zero)
        #expect(pacer.next(at: .zero) == .wait(until: .seconds(1)))
        #expect(pacer.next(at: .seconds(1)) == .go(tickets[1]))
    }

    @Test("While nothing may go, nothing goes; the longest hold counts")
    func hold() {
        var pacer = Pacer()
        pacer.hold(until: .seconds(30))
        pacer.hold(until: .seconds(20))
        let ticket = pacer.add(.v2("A"), at: .seconds(1))
        #expect(pacer.next(at: .seconds(1)) == .wait(until: .seconds(30)))
        #expect(pacer.earliest(for: .v2("B"), at: .seconds(1)) == .seconds(30))
        #expect(pacer.next(at: .seconds(30)) == .go(ticket))
    }

    @Test("A hold that ends after a lock does is what is waited for, and a lock that ends after a hold")
    func holdAndLock() {
        for (hold, moment) in [(30, 62), (90, 90)] {
            var pacer = Pacer()
            pacer.recall(.v1("A"), sent: .zero, finished: .zero)
            pacer.hold(until: .seconds(hold))
            _ = pacer.add(.v2("A"), at: .zero)
            #expect(pacer.next(at: .zero) == .wait(until: .seconds(moment)))
        }
    }

    @Test("A clock that goes back is not believed")
    func backwards() {
        var pacer = Pacer(limits: PacingLimits(callsPerSecond: 1, rateMargin: .zero))
        let first = pacer.add(.v2("A"), at: .seconds(100))
        #expect(pacer.next(at: .seconds(100)) == .go(first))
        #expect(pacer.next(at: .seconds(130)) == .idle)
        pacer.finish(first, .mayHaveArrived, at: .seconds(50))
        _ = pacer.add(.v2("A"), at: .seconds(60))
        #expect(pacer.next(at: .seconds(60)) == .wait(until: .seconds(190)))
    }

    @Test("Limits below what lets anything go are raised to it")
    func leastLimits() {
        let limits = PacingLimits(
            lock: .seconds(-1), lockMargin: .seconds(-1), callsPerSecond: 0, rateMargin: .seconds(-5),
            queriesPerDay: -3,
            day: .seconds(-1))
        let least = PacingLimits(
            lock: .zero, lockMargin: .zero, callsPerSecond: 1, rateMargin: .zero, queriesPerDay: 1, day: .zero)
        #expect(limits == least)
        var simulation = PacingSimulation(Pacer(limits: limits))
        for _ in 0..<5 { simulation.add(.v1("A", eori: "E"), lasting: .seconds(3)) }
        simulation.run()
        #expect(simulation.events.map(\.sent) == [0, 3, 6, 9, 12].map { .seconds($0) })
    }
}

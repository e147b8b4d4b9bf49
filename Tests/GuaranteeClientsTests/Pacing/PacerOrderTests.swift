import Testing

@testable import GuaranteeClients

@Suite("Which call goes first")
struct PacerOrderTests {
    /// Adds calls all at once, and returns the places in which they were added, in the order in which they went.
    private func order(
        _ calls: [PacedCall], _ limits: PacingLimits = PacingLimits(callsPerSecond: 1)
    ) -> [Int] {
        var simulation = PacingSimulation(Pacer(limits: limits))
        for call in calls { simulation.add(call) }
        simulation.run()
        #expect(simulation.events.count == calls.count)
        return simulation.events.map { $0.ticket.number - 1 }
    }

    @Test("Calls that have nothing to do with each other go by age")
    func age() {
        #expect(order([.v2("A"), .v1("B"), .v1(nil), .v1("C", eori: "E"), .v2("D")]) == [0, 1, 2, 3, 4])
    }

    @Test("The GRN that is asked most often goes first")
    func longestLockChain() {
        #expect(order([.v2("A"), .v2("B"), .v1("B"), .v1("C"), .v2("C"), .v2("C")]) == [3, 1, 0, 4, 2, 5])
    }

    @Test("The EORI that needs another day goes first, and a chain of locks only when it is longer than that")
    func quotaChain() {
        let limits = PacingLimits(callsPerSecond: 1, queriesPerDay: 2)
        let calls: [PacedCall] =
            [.v2("A"), .v2("A")] + ["B", "C", "D"].map { .v1($0, eori: "E") } + [.v1("F", eori: "F")]
        #expect(order(calls, limits) == [2, 0, 3, 5, 1, 4])
        let long = PacingLimits(callsPerSecond: 1, queriesPerDay: 2, day: .seconds(61))
        #expect(order(calls, long) == [0, 2, 3, 5, 1, 4])
    }

    @Test("Of one EORI the longest chain of locks goes first")
    func locksWithinQuota() {
        let calls: [PacedCall] = [.v1("A", eori: "E"), .v1("B", eori: "E"), .v2("B")]
        #expect(order(calls) == [1, 0, 2])
    }

    @Test("A call that is added or given up changes the order of what waits")
    func changes() {
        var pacer = Pacer()
        let first = pacer.add(.v2("A"), at: .zero)
        let second = pacer.add(.v2("B"), at: .zero)
        let third = pacer.add(.v1("B"), at: .zero)
        var other = pacer
        #expect(other.next(at: .zero) == .go(second))
        pacer.withdraw(second)
        #expect(pacer.next(at: .zero) == .go(first))
        #expect(pacer.next(at: .zero) == .go(third))
        #expect(pacer.next(at: .zero) == .idle)
    }
}

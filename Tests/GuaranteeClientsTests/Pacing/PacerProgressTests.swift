import Testing

@testable import GuaranteeClients

@Suite("How calls stand")
struct PacerProgressTests {
    @Test("Waiting calls are told apart by what they wait for")
    func counts() {
        var pacer = Pacer(limits: PacingLimits(queriesPerDay: 1))
        let first = pacer.add(.v1("A", eori: "E"), at: .zero)
        #expect(pacer.counts(at: .zero) == PacingCounts(waiting: 1))
        #expect(pacer.next(at: .zero) == .go(first))
        for call in [.v2("A"), .v2("A"), .v1("A", eori: "E"), .v1("B", eori: "E"), .v2("C"), .v1(nil)] as [PacedCall] {
            _ = pacer.add(call, at: .zero)
        }
        let inFlight = PacingCounts(waiting: 6, inFlight: 1, waitingForQuota: 2, waitingForLocks: 2)
        #expect(pacer.counts(at: .zero) == inFlight)
        pacer.finish(first, .mayHaveArrived, at: .seconds(2))
        let locked = PacingCounts(waiting: 6, waitingForQuota: 2, waitingForLocks: 2)
        #expect(pacer.counts(at: .seconds(61)) == locked)
        #expect(pacer.counts(at: .seconds(62)) == PacingCounts(waiting: 6, waitingForQuota: 2))
        #expect(pacer.counts(at: .seconds(86_402)) == PacingCounts(waiting: 6))
    }

    @Test("When a call may go is known before it waits, unless that depends on one in flight")
    func earliest() {
        var pacer = Pacer()
        let call = PacedCall.v1("A", eori: "E")
        #expect(pacer.earliest(for: call, at: .seconds(7)) == .seconds(7))
        let ticket = pacer.add(call, at: .seconds(7))
        #expect(pacer.next(at: .seconds(7)) == .go(ticket))
        #expect(pacer.earliest(for: call, at: .seconds(8)) == nil)
        #expect(pacer.earliest(for: .v2("B"), at: .seconds(8)) == .seconds(8))
        pacer.finish(ticket, .mayHaveArrived, at: .seconds(9))
        #expect(pacer.earliest(for: .v2("A"), at: .seconds(9)) == .seconds(69))
        #expect(pacer.earliest(for: .v2("A"), at: .seconds(90)) == .seconds(90))
    }
}

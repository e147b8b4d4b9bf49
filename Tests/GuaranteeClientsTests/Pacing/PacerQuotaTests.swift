import Testing

@testable import GuaranteeClients

@Suite("Queries a day about one EORI")
struct PacerQuotaTests {
    private let day = Duration.seconds(86_400)
    private var pacer = Pacer(limits: PacingLimits(queriesPerDay: 2))

    private mutating func go(_ call: PacedCall, at moment: Duration) -> PacingTicket {
        let ticket = pacer.add(call, at: moment)
        #expect(pacer.next(at: moment) == .go(ticket))
        return ticket
    }

    @Test("The query beyond the quota waits until a day after the first was over")
    mutating func beyond() {
        let first = go(.v1("A", eori: "E"), at: .zero)
        let second = go(.v1("B", user: "ben", eori: "E"), at: .seconds(5))
        pacer.finish(second, .mayHaveArrived, at: .seconds(8))
        pacer.finish(first, .mayHaveArrived, at: .seconds(9))
        let third = pacer.add(.v1("C", eori: "E"), at: .seconds(9))
        #expect(pacer.next(at: .seconds(9)) == .wait(until: day + .seconds(8)))
        #expect(pacer.counts(at: .seconds(9)) == PacingCounts(waiting: 1, waitingForQuota: 1))
        #expect(pacer.next(at: day + .seconds(8)) == .go(third))
        let fourth = pacer.add(.v1("D", eori: "E"), at: day + .seconds(8))
        #expect(pacer.next(at: day + .seconds(8)) == .wait(until: day + .seconds(9)))
        #expect(pacer.next(at: day + .seconds(9)) == .go(fourth))
    }

    @Test("While the quota is all in flight there is nothing to wait for but its calls")
    mutating func allInFlight() {
        let first = go(.v1("A", eori: "E"), at: .zero)
        _ = go(.v1("B", eori: "E"), at: .zero)
        let third = pacer.add(.v1("C", eori: "E"), at: .seconds(2))
        #expect(pacer.next(at: .seconds(2)) == .waitForFinish)
        #expect(pacer.earliest(for: .v1("C", eori: "E"), at: .seconds(2)) == nil)
        pacer.finish(first, .neverArrived, at: .seconds(3))
        #expect(pacer.next(at: .seconds(3)) == .go(third))
    }

    @Test("v2.0, polls and other EORIs don't count")
    mutating func others() {
        let calls: [PacedCall] = [
            .v1("A", eori: "E"), .v1("B", eori: "E"), .v1("C", eori: "F"), .v2("D", eori: "E"), .v1(nil), .v1("G"),
        ]
        for (index, call) in calls.enumerated() { _ = go(call, at: .seconds(index)) }
    }

    @Test("A call that waits for its quota holds up none of the same lock that needs none")
    mutating func overtaking() {
        for grn in ["A", "B"] {
            let ticket = go(.v1(grn, eori: "E"), at: .zero)
            pacer.finish(ticket, .mayHaveArrived, at: .zero)
        }
        let query = pacer.add(.v1("C", eori: "E"), at: .seconds(10))
        let other = go(.v2("C"), at: .seconds(10))
        pacer.finish(other, .mayHaveArrived, at: .seconds(10))
        #expect(pacer.next(at: .seconds(10)) == .wait(until: .seconds(72)))
        #expect(pacer.next(at: .seconds(72)) == .wait(until: day + .seconds(2)))
        #expect(pacer.next(at: day + .seconds(2)) == .go(query))
    }
}

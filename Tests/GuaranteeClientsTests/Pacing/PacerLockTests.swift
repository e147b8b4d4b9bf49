import Testing

@testable import GuaranteeClients

@Suite("One call at a time for a user and a GRN")
struct PacerLockTests {
    private var pacer = Pacer()

    /// Lets the only call that waits go.
    private mutating func go(_ call: PacedCall, at moment: Duration) -> PacingTicket {
        let ticket = pacer.add(call, at: moment)
        #expect(pacer.next(at: moment) == .go(ticket))
        return ticket
    }

    @Test("The other version waits for the lock of the first: a minute after it was over")
    mutating func bothVersions() {
        let first = go(.v1("A", eori: "E"), at: .zero)
        pacer.finish(first, .mayHaveArrived, at: .seconds(5))
        let second = pacer.add(.v2("A"), at: .seconds(6))
        #expect(pacer.next(at: .seconds(6)) == .wait(until: .seconds(65)))
        #expect(pacer.next(at: .seconds(65) - .nanoseconds(1)) == .wait(until: .seconds(65)))
        #expect(pacer.next(at: .seconds(65)) == .go(second))
    }

    @Test("A call that was over at once may have taken its lock up to the margin later")
    mutating func margin() {
        let first = go(.v2("A"), at: .seconds(10))
        pacer.finish(first, .mayHaveArrived, at: .seconds(11))
        let second = pacer.add(.v2("A"), at: .seconds(11))
        #expect(pacer.next(at: .seconds(11)) == .wait(until: .seconds(72)))
        #expect(pacer.next(at: .seconds(72)) == .go(second))
    }

    @Test("While a call is in flight none goes for its lock, however long that takes")
    mutating func inFlight() {
        let first = go(.v1("A"), at: .zero)
        let second = pacer.add(.v2("A"), at: .zero)
        #expect(pacer.next(at: .zero) == .waitForFinish)
        #expect(pacer.next(at: .seconds(10_000)) == .waitForFinish)
        pacer.finish(first, .mayHaveArrived, at: .seconds(10_000))
        #expect(pacer.next(at: .seconds(10_000)) == .wait(until: .seconds(10_060)))
        #expect(pacer.next(at: .seconds(10_060)) == .go(second))
    }

    @Test("A call that never arrived frees its lock, and leaves an earlier lock as it was")
    mutating func neverArrived() {
        let first = go(.v1("A"), at: .zero)
        pacer.finish(first, .neverArrived, at: .seconds(3))
        let second = go(.v2("A"), at: .seconds(3))
        pacer.recall(.v1("A"), sent: .seconds(-30), finished: .seconds(-20))
        pacer.finish(second, .neverArrived, at: .seconds(4))
        let third = pacer.add(.v2("A"), at: .seconds(4))
        #expect(pacer.next(at: .seconds(4)) == .wait(until: .seconds(40)))
        #expect(pacer.next(at: .seconds(40)) == .go(third))
    }

    @Test("Another user, another GRN, another case of it: other locks")
    mutating func otherLocks() {
        let tickets = [PacedCall.v1("a"), .v1("A"), .v2("a", user: "ben")].map { pacer.add($0, at: .zero) }
        for ticket in tickets { #expect(pacer.next(at: .zero) == .go(ticket)) }
    }

    @Test("Names that read alike when put together are other locks")
    mutating func namesTogether() {
        let tickets = [pacer.add(.v1("BC", user: "A"), at: .zero), pacer.add(.v1("C", user: "AB"), at: .zero)]
        for ticket in tickets { #expect(pacer.next(at: .zero) == .go(ticket)) }
    }

    @Test("Calls without a GRN take no lock")
    mutating func noLock() {
        let tickets = (0..<3).map { _ in pacer.add(.v1(nil), at: .zero) }
        for ticket in tickets { #expect(pacer.next(at: .zero) == .go(ticket)) }
        #expect(pacer.next(at: .zero) == .idle)
    }

    @Test("A call that is finished twice, or was never handed over, changes nothing")
    mutating func finishedTwice() {
        let first = go(.v1("A"), at: .zero)
        pacer.finish(first, .neverArrived, at: .zero)
        pacer.finish(first, .mayHaveArrived, at: .zero)
        pacer.finish(PacingTicket(99), .mayHaveArrived, at: .zero)
        _ = go(.v1("A"), at: .zero)
    }
}

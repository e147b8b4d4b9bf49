import Testing

@testable import GuaranteeClients

@Suite("What the checker of schedules finds")
struct ScheduleCheckerTests {
    private func event(
        _ number: Int, _ call: PacedCall, sent: Duration, lasting: Duration = .zero, _ end: CallEnd = .mayHaveArrived
    ) -> PacedEvent {
        PacedEvent(call: call, ticket: PacingTicket(number), sent: sent, finished: sent + lasting, end: end)
    }

    private func violations(_ events: [PacedEvent]) -> Int {
        ScheduleChecker(limits: PacingLimits(queriesPerDay: 2)).violations(in: events).count
    }

    @Test("A lock that is broken, and one that is kept to the moment")
    func locks() {
        let first = event(1, .v1("A"), sent: .zero, lasting: .seconds(20))
        #expect(violations([first, event(2, .v2("A"), sent: .seconds(80))]) == 0)
        #expect(violations([first, event(2, .v2("A"), sent: .seconds(80) - .nanoseconds(1))]) == 1)
        #expect(violations([first, event(2, .v2("a"), sent: .seconds(2))]) == 0)
        #expect(violations([first, event(2, .v2("A", user: "ben"), sent: .seconds(2))]) == 0)
        let quick = event(1, .v1("A"), sent: .zero)
        #expect(violations([quick, event(2, .v2("A"), sent: .seconds(62))]) == 0)
        #expect(violations([quick, event(2, .v2("A"), sent: .seconds(61.999))]) == 1)
        let lost = event(1, .v1("A"), sent: .zero, lasting: .seconds(5), .neverArrived)
        #expect(violations([lost, event(2, .v2("A"), sent: .seconds(5))]) == 0)
        #expect(violations([lost, event(2, .v2("A"), sent: .seconds(4))]) == 1)
    }

    @Test("A fourth call within a second")
    func rate() {
        let events = (1...3).map { event($0, .v2(nil), sent: .milliseconds(100 * $0)) }
        #expect(violations(events + [event(4, .v2(nil), sent: .milliseconds(1125))]) == 0)
        #expect(violations(events + [event(4, .v2(nil), sent: .milliseconds(1124))]) == 1)
    }

    @Test("A query beyond the quota, counted until a day after it was over")
    func quota() {
        let day = Duration.seconds(86_400)
        let first = event(1, .v1(nil, eori: "E"), sent: .zero, lasting: .seconds(10))
        let second = event(2, .v1(nil, eori: "E"), sent: .seconds(1))
        #expect(violations([first, second, event(3, .v1(nil, eori: "F"), sent: .seconds(9))]) == 0)
        #expect(violations([first, second, event(3, .v2(nil, eori: "E"), sent: .seconds(9))]) == 0)
        #expect(violations([first, second, event(3, .v1(nil, eori: "E"), sent: day)]) == 1)
        #expect(violations([first, second, event(3, .v1(nil, eori: "E"), sent: day + .seconds(1))]) == 0)
    }

    @Test("A call that goes twice")
    func twice() {
        #expect(violations([event(1, .v2(nil), sent: .zero), event(1, .v2(nil), sent: .zero)]) == 1)
    }
}

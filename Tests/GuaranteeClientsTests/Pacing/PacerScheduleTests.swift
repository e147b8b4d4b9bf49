import TestSupport
import Testing

@testable import GuaranteeClients

@Suite("Whole schedules, held against the rules and against how short they could be")
struct PacerScheduleTests {
    /// 10,000 GRNs of 20 EORIs.
    private static func grn(_ number: Int) -> String { "23GB\(1_000_000_000_000 + number)4" }

    private static func eori(_ number: Int) -> String { "GB\(100_000_000_000 + number % 20)" }

    /// Both versions asked about a GRN by a user.
    private static func pair(_ number: Int, user: Int) -> [PacedCall] {
        [
            .v1(grn(number), user: "user-\(user)", eori: eori(number)), .v2(grn(number), user: "user-\(user)"),
        ]
    }

    private static let onceEach = (0..<10_000).flatMap { pair($0, user: $0 % 5) }
    private static let byAllUsers = (0..<10_000).flatMap { number in
        (0..<5).flatMap { pair(number, user: $0) }
    }
    private static let fewGRNs = (0..<200).flatMap { _ in (0..<20).flatMap { pair($0, user: $0 % 5) } }
    /// Many GRNs once, a few again and again, and one EORI with more of them than two days allow.
    private static let mixed =
        (0..<4000).flatMap { pair($0, user: $0 % 5) } + (0..<300).flatMap { _ in pair(1, user: 1) + pair(2, user: 2) }
        + (0..<2100).map { .v1(grn($0), user: "user-\($0 % 5)", eori: "XI999") }
        + (0..<500).map { _ in .v1(nil) }

    enum Lengths: CaseIterable {
        case none
        case random
    }

    /// Runs the calls and returns how much longer that took than it must at least.
    private func excess(_ calls: [PacedCall], _ lengths: Lengths) -> Double {
        var random = SeededRandom.forTest("PacerScheduleTests")
        var simulation = PacingSimulation()
        var tickets: Set<PacingTicket> = []
        for call in calls {
            let length = lengths == .none ? Duration.zero : .milliseconds(random.below(20_001))
            tickets.insert(simulation.add(call, lasting: length))
        }
        let bounds = ScheduleBounds(
            calls: calls.indices.map { index in
                (calls[index], simulation.lengths[PacingTicket(index + 1)] ?? .zero)
            })
        simulation.run()
        #expect(simulation.events.count == calls.count)
        #expect(Set(simulation.events.map(\.ticket)) == tickets)
        #expect(ScheduleChecker().violations(in: simulation.events) == [])
        #expect(simulation.length >= bounds.longest)
        return simulation.length / bounds.longest
    }

    @Test("Both versions asked once about each GRN: the rate binds", arguments: Lengths.allCases)
    func onceEach(_ lengths: Lengths) {
        #expect(excess(Self.onceEach, lengths) <= 1.05)
    }

    @Test("Every user asks about every GRN: the quota binds, for three days", arguments: Lengths.allCases)
    func byAllUsers(_ lengths: Lengths) {
        #expect(excess(Self.byAllUsers, lengths) <= 1.05)
    }

    @Test("Few GRNs asked again and again: the lock binds", arguments: Lengths.allCases)
    func fewGRNs(_ lengths: Lengths) {
        #expect(excess(Self.fewGRNs, lengths) <= 1.05)
    }

    @Test("All of that at once", arguments: Lengths.allCases)
    func mixed(_ lengths: Lengths) {
        #expect(excess(Self.mixed, lengths) <= 1.05)
    }

    @Test("v2.0 asked as soon as v1.0 has answered, as a dual run does")
    func pairs() {
        let first = Self.onceEach.filter { $0.api == .v1 }
        var simulation = PacingSimulation()
        simulation.followUp = { $0.api == .v1 ? .v2($0.grn, user: $0.user) : nil }
        for call in first { simulation.add(call, lasting: .seconds(1)) }
        simulation.run()
        #expect(simulation.events.count == Self.onceEach.count)
        #expect(Set(simulation.events.map(\.call)) == Set(Self.onceEach))
        #expect(ScheduleChecker().violations(in: simulation.events) == [])
        let bounds = ScheduleBounds(calls: Self.onceEach.map { ($0, .seconds(1)) })
        #expect(simulation.length / bounds.longest <= 1.05)
    }
}

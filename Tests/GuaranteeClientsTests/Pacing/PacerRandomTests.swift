import TestSupport
import Testing

@testable import GuaranteeClients

@Suite("Random calls, held against a model that looks at everything each time")
struct PacerRandomTests {
    private static func limits(_ random: inout SeededRandom) -> PacingLimits {
        PacingLimits(
            lock: .seconds(random.int(in: 0...20)), lockMargin: .seconds(random.below(4)),
            callsPerSecond: random.int(in: 1...4), queriesPerDay: random.int(in: 1...6),
            day: .seconds(random.int(in: 1...90)))
    }

    private static func call(_ random: inout SeededRandom) -> PacedCall {
        PacedCall(
            api: random.pick(GuaranteeAPI.allCases), user: random.pick(["anna", "ben"]),
            grn: random.pick(["A", "B", "C", "D", "E", nil]), eori: random.pick(["X", "Y", nil]))
    }

    private static func length(_ random: inout SeededRandom) -> Duration {
        random.chance(30) ? .zero : .milliseconds(random.below(8000))
    }

    @Test("No rule is broken, nothing is lost, nothing waits longer than it must, and the longest chain goes first")
    func everything() {
        var random = SeededRandom.forTest("PacerRandomTests")
        for round in 0..<60 {
            let limits = Self.limits(&random)
            var simulation = PacingSimulation(Pacer(limits: limits))
            var model = PacingModel(limits: limits)
            for number in 0..<random.below(20) {
                let sent = Duration.milliseconds(-random.below(60_000))
                let event = PacedEvent(
                    call: Self.call(&random), ticket: PacingTicket(-number), sent: sent,
                    finished: min(sent + Self.length(&random), .zero))
                simulation.pacer.recall(event.call, sent: event.sent, finished: event.finished)
                model.history.append(event)
            }
            var withdrawn = 0
            var left = random.int(in: 1...80)
            while true {
                for _ in 0..<random.below(min(left, 12) + 1) {
                    let end = random.chance(15) ? CallEnd.neverArrived : .mayHaveArrived
                    simulation.add(Self.call(&random), lasting: Self.length(&random), end: end)
                    left -= 1
                }
                if random.chance(30), !simulation.waiting.isEmpty {
                    let ticket = random.pick(simulation.waiting.keys.sorted { $0.number < $1.number })
                    simulation.withdraw(ticket)
                    withdrawn += 1
                }
                if random.chance(5) {
                    let moment = simulation.now + Self.length(&random)
                    simulation.pacer.hold(until: moment)
                    model.holds.append((simulation.events.count, moment))
                }
                #expect(simulation.pacer.locks.values.allSatisfy { Set($0.quotas).count == $0.quotas.count })
                let probe = Self.call(&random)
                #expect(
                    simulation.pacer.earliest(for: probe, at: simulation.now)
                        == model.earliest(for: probe, at: simulation.now, simulation.events))
                guard let moment = model.step(&simulation) else {
                    if left == 0 { break }
                    continue
                }
                // Sometimes the world looks again too early, or too late.
                let late = random.chance(10) ? Self.length(&random) : .zero
                simulation.pass(to: random.chance(20) ? simulation.now + (moment - simulation.now) / 2 : moment + late)
            }
            #expect(simulation.waiting.isEmpty)
            #expect(simulation.events.count + withdrawn == simulation.lengths.count, "round \(round)")
            let checker = ScheduleChecker(limits: limits)
            #expect(checker.violations(in: simulation.events, after: model.history) == [], "round \(round): \(limits)")
            for hold in model.holds {
                #expect(simulation.events.dropFirst(hold.count).allSatisfy { $0.sent >= hold.until })
            }
        }
    }
}

import Foundation
import TestSupport
import Testing

@testable import GuaranteeClients

@Suite("The gate that calls wait at", .timeLimit(.minutes(1)))
struct PacingGateTests {
    private let clock: PacingClock
    private let gate: PacingGate

    init() {
        clock = PacingClock()
        gate = PacingGate(timekeeper: clock.timekeeper)
    }

    /// Lets other tasks run until something holds, which is an issue if it never does.
    private func eventually(
        _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ holds: () async -> Bool
    ) async {
        for _ in 0..<100_000 {
            if await holds() { return }
            await Task.yield()
        }
        Issue.record(what, sourceLocation: sourceLocation)
    }

    /// A task that waits at the gate, once it does.
    private func waiting(_ call: PacedCall) async -> Task<PacingTicket, any Error> {
        let before = await gate.counts.waiting
        let task = Task { try await gate.admit(call) }
        await eventually("a task waits") { await gate.counts.waiting > before }
        return task
    }

    private func sleeping(until moment: Duration) async {
        await eventually("the timer is set to \(moment)") { clock.sleepers == [moment] }
    }

    @Test("Calls that may go go at once, and no timer is set for them")
    func atOnce() async throws {
        for grn in ["A", "B", "C"] {
            let ticket = try await gate.admit(.v1(grn))
            await gate.finish(ticket, .mayHaveArrived)
        }
        #expect(await gate.counts == PacingCounts())
        #expect(clock.sleepCount == 0)
    }

    @Test("The fourth call of a second waits, by one timer however many wait")
    func rate() async throws {
        for grn in ["A", "B", "C"] { _ = try await gate.admit(.v1(grn)) }
        let tasks = [await waiting(.v1("D")), await waiting(.v1("E")), await waiting(.v2("F"))]
        await sleeping(until: .milliseconds(1025))
        #expect(clock.sleepCount == 1)
        #expect(await gate.counts == PacingCounts(waiting: 3, inFlight: 3))
        clock.advance(to: .milliseconds(1025))
        for task in tasks { _ = try await task.value }
        #expect(await gate.counts == PacingCounts(inFlight: 6))
        #expect(clock.sleepers == [])
    }

    @Test("A lock opens a minute after the call that holds it was over")
    func lock() async throws {
        let first = try await gate.admit(.v1("A"))
        let second = await waiting(.v2("A"))
        #expect(clock.sleepers == [])
        #expect(await gate.delay(of: .v2("A")) == nil)
        clock.advance(to: .seconds(7))
        await gate.finish(first, .mayHaveArrived)
        await sleeping(until: .seconds(67))
        #expect(await gate.delay(of: .v2("A")) == .seconds(60))
        #expect(await gate.counts == PacingCounts(waiting: 1, waitingForLocks: 1))
        clock.advance(to: .seconds(67))
        let ticket = try await second.value
        #expect(await gate.cause(ofThrottled: ticket) == .others)
    }

    @Test("A call that never arrived lets the next go at once")
    func neverArrived() async throws {
        let first = try await gate.admit(.v1("A"))
        let second = await waiting(.v2("A"))
        await gate.finish(first, .neverArrived)
        _ = try await second.value
        #expect(clock.sleepCount == 0)
    }

    @Test("A timer that rings too early is set again; one that rings too late does no harm")
    func earlyAndLate() async throws {
        await gate.hold(for: .seconds(10))
        let task = await waiting(.v1("A"))
        await sleeping(until: .seconds(10))
        clock.advance(to: .seconds(4))
        clock.wakeEarly()
        await eventually("the timer is set again") { clock.sleepCount == 2 && clock.sleepers == [.seconds(10)] }
        #expect(await gate.counts.waiting == 1)
        clock.advance(to: .seconds(1000))
        _ = try await task.value
        #expect(await gate.counts == PacingCounts(inFlight: 1))
    }

    @Test("A hold moves the timer")
    func hold() async throws {
        for grn in ["A", "B", "C"] { _ = try await gate.admit(.v1(grn)) }
        let task = await waiting(.v1("D"))
        await sleeping(until: .milliseconds(1025))
        await gate.hold(for: .seconds(30))
        await sleeping(until: .seconds(30))
        clock.advance(to: .seconds(30))
        _ = try await task.value
    }

    @Test("A waiting task that is cancelled gives its call up at once, and the timer with it")
    func cancellation() async throws {
        await gate.hold(for: .seconds(10))
        let task = await waiting(.v1("A"))
        await sleeping(until: .seconds(10))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await gate.counts == PacingCounts())
        await eventually("the timer is gone") { clock.sleepers == [] }
        clock.advance(to: .seconds(10))
        _ = try await gate.admit(.v2("A"))
    }

    @Test("The call behind one that is given up takes its place")
    func cancellationOfTheFirst() async throws {
        for grn in ["A", "B", "C"] { _ = try await gate.admit(.v1(grn)) }
        let first = await waiting(.v1("D"))
        let second = await waiting(.v2("D"))
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        clock.advance(to: .seconds(2))
        _ = try await second.value
    }

    @Test("A task that was cancelled before counts for nothing")
    func cancelledBefore() async throws {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await gate.admit(.v1("A"))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await gate.counts == PacingCounts())
        _ = try await gate.admit(.v2("A"))
    }

    @Test("Calls of an earlier run hold their locks; dates in the future are taken for now")
    func recall() async throws {
        await gate.recall(.v1("A"), sent: clock.date - 30, finished: clock.date - 20)
        await gate.recall(.v1("B"), sent: clock.date + 3600, finished: clock.date + 7200)
        #expect(await gate.delay(of: .v2("A")) == .seconds(40))
        #expect(await gate.delay(of: .v2("B")) == .seconds(62))
        #expect(await gate.delay(of: .v2("C")) == .zero)
    }

    @Test("A lock shorter than the API's makes a 429 our own fault")
    func cause() async throws {
        let gate = PacingGate(limits: PacingLimits(lock: .seconds(1)), timekeeper: clock.timekeeper)
        await gate.finish(try await gate.admit(.v1("A")), .mayHaveArrived)
        clock.advance(to: .seconds(3))
        let ticket = try await gate.admit(.v2("A"))
        #expect(await gate.cause(ofThrottled: ticket) == .ourOwnPacing)
    }

    @Test("Hundreds of tasks, some of them cancelled: no rule is broken and each call goes once or not at all")
    func crowd() async throws {
        var random = SeededRandom.forTest("PacingGateTests")
        let clock = PacingClock(jumps: true)
        let limits = PacingLimits(lock: .seconds(5), queriesPerDay: 10, day: .seconds(100))
        let gate = PacingGate(limits: limits, timekeeper: clock.timekeeper)
        let calls = (0..<300).map { _ in
            let grn = random.pick(["A", "B", "C", "D", "E", "F", "G", nil])
            return random.chance(50) ? PacedCall.v1(grn, eori: random.pick(["X", "Y", nil])) : .v2(grn)
        }
        let tasks = calls.map { call in
            let yields = random.below(30)
            let end = random.chance(20) ? CallEnd.neverArrived : .mayHaveArrived
            return Task {
                let ticket = try await gate.admit(call)
                let sent = clock.now
                for _ in 0..<yields { await Task.yield() }
                let finished = clock.now
                await gate.finish(ticket, end)
                return PacedEvent(call: call, ticket: ticket, sent: sent, finished: finished, end: end)
            }
        }
        for _ in 0..<60 { random.pick(tasks).cancel() }
        var events: [PacedEvent] = []
        for task in tasks {
            switch await task.result {
            case .success(let event): events.append(event)
            case .failure(let error): #expect(error is CancellationError)
            }
        }
        #expect(events.count >= 240)
        #expect(Set(events.map(\.ticket)).count == events.count)
        #expect(await gate.counts == PacingCounts())
        // A task looks at the clock after it was let go and before it tells that it is over, and the clock may jump in
        // between: so it sees locks and quotas held for no longer than they were, and nothing of the rate.
        let seen = PacingLimits(
            lock: limits.lock, lockMargin: .zero, callsPerSecond: calls.count, queriesPerDay: limits.queriesPerDay,
            day: limits.day)
        // Of calls that seem to have gone at once those that are over, and free their lock, went first.
        events.sort { one, other in
            (one.sent, one.finished, one.end == .mayHaveArrived ? 1 : 0)
                < (other.sent, other.finished, other.end == .mayHaveArrived ? 1 : 0)
        }
        #expect(ScheduleChecker(limits: seen).violations(in: events) == [])
        let arrived = events.filter { $0.end == .mayHaveArrived }
        #expect(clock.now >= ScheduleBounds(limits: limits, calls: arrived.map { ($0.call, .zero) }).longest)
    }
}

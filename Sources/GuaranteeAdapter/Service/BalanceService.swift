import Foundation
package import GuaranteeClients
package import Logging
import Synchronization
package import Translation

/// Answers v1.0's questions with what v2.0 says (contract sections 3 to 5): within v1.0's time, or later by an id; under
/// v1.0's lock; with v1.0's check of who owns a guarantee, where a list of holders is there to check against.
package final class BalanceService: Sendable {
    package struct Options: Sendable {
        /// How long those who ask wait before they are told to ask for the answer.
        package var answerWithin = Duration.seconds(15)
        /// How long a question can be asked about.
        package var keepFor = Duration.seconds(3600)
        /// How long a question locks its GRN for its user.
        package var lockFor = Duration.seconds(60)
        /// How long an answer is given again to the same question; zero: never.
        package var reuseWithin = Duration.zero

        package init() {}
    }

    private struct State {
        var locks: ExpiringTable<Lock, Void>
        var answers: ExpiringTable<BalanceQuestion.Identity, BalanceMessage>
        var flights: [BalanceQuestion.Identity: Flight] = [:]
    }

    private enum Step {
        case join(Flight)
        case reuse(BalanceMessage, age: Duration)
        case locked
        case refuse([FunctionalError])
        case start(Flight)
    }

    let options: Options
    let upstream: Upstream
    let store: any RequestStore
    let sealing: Sealing
    let wording: V1Wording
    let time: Timekeeper
    let logger: Logger
    private let holders: Holders?
    private let state: Mutex<State>
    private let deadlines: DeadlineQueue

    /// - Parameters:
    ///   - key: what is kept is sealed with it: it is the store's own, or what is kept can't be read after a restart.
    ///   - holders: nil: whoever knows a guarantee's access code is answered.
    package init(
        upstream: Upstream, codec: ExchangeCodec, store: any RequestStore, key: EvidenceKey, holders: Holders? = nil,
        options: Options = Options(), time: Timekeeper = .system,
        logger: Logger = Logger(label: "nctsbridge.adapter")
    ) {
        self.options = options
        self.upstream = upstream
        self.store = store
        self.holders = holders
        self.time = time
        self.logger = logger
        sealing = Sealing(key: key)
        wording = V1Wording(codec: codec)
        state = Mutex(
            State(
                locks: ExpiringTable(lifetime: options.lockFor),
                answers: ExpiringTable(lifetime: options.reuseWithin, capacity: 100_000)))
        deadlines = DeadlineQueue(allowing: options.answerWithin, time: time)
    }

    /// Questions that v2.0 is being asked.
    package var inFlight: Int { state.withLock { $0.flights.count } }

    /// Answers a question. A task that is cancelled meanwhile changes nothing: v2.0 has been asked, and its lock is taken.
    package func answer(to question: BalanceQuestion) async -> BalanceAnswer {
        await withCheckedContinuation { waiting in
            Task.immediate { await ask(question) { waiting.resume(returning: $0) } }
        }
    }

    /// Has a question answered, in the task that asks: that task is not to be cancelled. It returns when nothing is left to
    /// do about the question: that may be long after it was told to be asked about later.
    ///
    /// - Parameter reply: hears the answer, once.
    package func ask(_ question: BalanceQuestion, _ reply: @escaping @Sendable (BalanceAnswer) -> Void) async {
        switch step(for: question) {
        case .join(let flight): flight.tell { ending in reply(self.answer(ending, .joined)) }
        case .reuse(let message, let age): reply(BalanceAnswer(message, .reused, age: age))
        case .locked: reply(BalanceAnswer(wording.failure("throttled"), .own))
        case .refuse(let errors):
            var refusal = BalanceMessage(kind: .refusal)
            refusal.reasons = errors
            reply(BalanceAnswer(refusal, .own))
        case .start(let flight):
            let start = ContinuousClock.now
            flight.tell { ending in
                var answer = self.answer(ending, .upstream)
                answer.waited = ContinuousClock.now - start
                reply(answer)
            }
            await fly(flight)
        }
    }

    private func step(for question: BalanceQuestion) -> Step {
        let identity = BalanceQuestion.Identity(question)
        let now = time.elapsed()
        let user = upstream.user(of: question.token)
        let errors = holderErrors(question)
        return state.withLock { state in
            if let flight = state.flights[identity] { return .join(flight) }
            if let known = state.answers.value(of: identity, at: now) { return .reuse(known.value, age: known.age) }
            let locks = question.guarantees.map { Lock(user: user, grn: $0.grn.text) }
            guard locks.allSatisfy({ state.locks.value(of: $0, at: now) == nil }) else { return .locked }
            for lock in locks { state.locks.set((), for: lock, at: now) }
            guard errors.isEmpty else { return .refuse(errors) }
            let flight = Flight(question, identity, at: now)
            state.flights[identity] = flight
            return .start(flight)
        }
    }

    /// Takes the locks again that a question of an earlier process may still hold.
    func restoreLocks(of question: BalanceQuestion, askedAt moment: Date) {
        let age = Duration.seconds(max(time.date().timeIntervalSince(moment), 0))
        guard age < options.lockFor else { return }
        let user = upstream.user(of: question.token)
        let since = time.elapsed() - age
        state.withLock { state in
            for asked in question.guarantees {
                state.locks.set((), for: Lock(user: user, grn: asked.grn.text), at: since)
            }
        }
    }

    /// Whoever asks the same from now on asks anew: they are told of the lock, as v1.0 told them.
    func isLate(_ flight: Flight) {
        state.withLock { state in
            if state.flights[flight.identity] === flight { state.flights[flight.identity] = nil }
        }
    }

    private func holderErrors(_ question: BalanceQuestion) -> [FunctionalError] {
        guard let holders else { return [] }
        return question.guarantees.enumerated().flatMap { number, asked in
            let errors = holders.errors(tin: question.tin, grn: asked.grn, number: number)
            guard errors.isEmpty, let holder = asked.holder else { return errors }
            return holders.errors(tin: holder, grn: asked.grn, number: number)
        }
    }

    private func answer(_ ending: Flight.Ending, _ origin: BalanceAnswer.Origin) -> BalanceAnswer {
        switch ending {
        case .answered(let message): return BalanceAnswer(message, origin)
        case .pending(let id):
            var message = BalanceMessage(kind: .pending)
            message.balanceID = id
            return BalanceAnswer(message, origin)
        case .lost: return BalanceAnswer(wording.failure("server-error"), .own)
        }
    }

    // MARK: - One flight

    private func fly(_ flight: Flight) async {
        let question = flight.question
        let number = deadlines.add { await self.keep(flight) }
        let answers = await answers(to: question)
        let message = wording.message(for: answers, asked: question.guarantees)
        let now = time.elapsed()
        let user = upstream.user(of: question.token)
        state.withLock { state in
            if state.flights[flight.identity] === flight { state.flights[flight.identity] = nil }
            if message.kind == .answer || message.kind == .refusal {
                state.answers.set(message, for: flight.identity, at: now)
            }
            // A question that v2.0 turned away before its lock locks nothing here.
            for (asked, answer) in zip(question.guarantees, answers) where answer.tookNoLock {
                state.locks.remove(Lock(user: user, grn: asked.grn.text), setAt: flight.startedAt)
            }
        }
        deadlines.end(number)
        if let id = flight.answer(answers, message) {
            await complete(id, answers)
        }
    }

    private static let spacing = Duration.milliseconds(350)

    /// Asks about each guarantee, one after the other, and once about one that is named twice: no closer together than the
    /// platform lets calls come (contract section 5), or nobody could ask about more than three.
    private func answers(to question: BalanceQuestion) async -> [KeptAnswer] {
        if question.guarantees.count == 1 {
            return [await upstream.ask(question.guarantees[0], token: question.token)]
        }
        var known: [BalanceQuestion.Asked: KeptAnswer] = [:]
        var answers: [KeptAnswer] = []
        for asked in question.guarantees {
            let answer: KeptAnswer
            if let before = known[asked] {
                answer = before
            } else {
                if !known.isEmpty { try? await time.sleep(Self.spacing) }
                answer = await upstream.ask(asked, token: question.token)
                known[asked] = answer
            }
            answers.append(answer)
        }
        return answers
    }
}

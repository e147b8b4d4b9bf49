import Comparison
import Evidence
import Foundation
import GuaranteeClients

/// Takes one pair from where it stands to its judgement.
struct PairWorker: Sendable {
    private let run: DualRun
    private let question: @Sendable (Int) -> DualRunQuestion?
    private let asker: PairAsker

    enum Result: Sendable {
        case judged(PairClass, isAfterSecondLook: Bool)
        /// The amounts differ, and v1.0 can be asked again.
        case needsSecondLook
        case stopped(StopReason, isAfterSecondLook: Bool)

        var pairClass: PairClass? {
            if case .judged(let pairClass, _) = self { pairClass } else { nil }
        }

        var stopReason: StopReason? {
            if case .stopped(let reason, _) = self { reason } else { nil }
        }

        var isAfterSecondLook: Bool {
            switch self {
            case .judged(_, let isAfter), .stopped(_, let isAfter): isAfter
            case .needsSecondLook: false
            }
        }
    }

    init(_ run: DualRun, _ question: @Sendable @escaping (Int) -> DualRunQuestion?) {
        self.run = run
        self.question = question
        asker = PairAsker(
            evidence: run.evidence, codec: run.codec, table: run.table, time: run.time, options: run.options,
            pseudonym: run.pseudonym)
    }

    /// Gets what is missing of both first answers, v1.0's first, and judges where they are enough.
    func answers(of number: Int) async -> Result {
        do throws(EvidenceError) {
            for side in EvidenceSide.allCases {
                guard let pair = try await pair(number) else { return .stopped(.interrupted, isAfterSecondLook: false) }
                if side == .v2, try await isTooOld(pair), let reason = try await ask(number, .v1, .first) {
                    return .stopped(reason, isAfterSecondLook: false)
                }
                guard pair.outcome(side) == nil, !isHopeless(pair) else { continue }
                if let reason = try await ask(number, side, .first) {
                    return .stopped(reason, isAfterSecondLook: false)
                }
            }
            guard let pair = try await pair(number) else { return .stopped(.interrupted, isAfterSecondLook: false) }
            if pair.again == nil, needsSecondLook(pair) {
                try await run.note("The amounts differ: v1.0 is asked again", pair: number)
                return .needsSecondLook
            }
            return .judged(try await judge(pair), isAfterSecondLook: false)
        } catch {
            return .stopped(.evidence(error), isAfterSecondLook: false)
        }
    }

    /// Asks v1.0 again, and judges.
    func secondLook(at number: Int) async -> Result {
        do throws(EvidenceError) {
            if let reason = try await ask(number, .v1, .second) { return .stopped(reason, isAfterSecondLook: true) }
            guard let pair = try await pair(number) else { return .stopped(.interrupted, isAfterSecondLook: true) }
            return .judged(try await judge(pair), isAfterSecondLook: true)
        } catch {
            return .stopped(.evidence(error), isAfterSecondLook: true)
        }
    }

    private func pair(_ number: Int) async throws(EvidenceError) -> EvidencePair? {
        try await run.evidence.openPairs(from: number, limit: 1).first { $0.number == number }
    }

    /// Asks a side that is live; a recorded one has brought what it can.
    private func ask(_ number: Int, _ side: EvidenceSide, _ look: Look) async throws(EvidenceError) -> StopReason? {
        guard let question = question(number), let client = run.side(side).client(for: question.user)?.client else {
            try await run.evidence.settle(
                EvidenceSettlement(
                    pair: number, side: side, look: look, exchange: nil, why: "there is nobody to ask it"))
            return nil
        }
        return await asker.ask(question, pair: number, side, look, client: client)
    }

    /// Whether no answer is recorded where one would have to be: the other side need not be asked.
    private func isHopeless(_ pair: EvidencePair) -> Bool {
        EvidenceSide.allCases.contains { side in
            !run.side(side).isLive && pair.outcome(side) != nil && pair.outcome(side)?.exchange == nil
        }
    }

    /// Whether v1.0's answer got too old before v2.0 was asked, because the run had stopped in between: it is set aside.
    private func isTooOld(_ pair: EvidencePair) async throws(EvidenceError) -> Bool {
        guard run.v1.isLive, run.v2.isLive, pair.v2 == nil, let at = pair.v1?.exchange?.answeredAt,
            run.time.date().timeIntervalSince1970 - at > run.options.comparableWithin
        else { return false }
        try await run.evidence.reopen(pair.number, .v1, .first)
        try await run.note("v1.0's answer had become too old to compare: it is asked anew", pair: pair.number)
        return true
    }

    private func needsSecondLook(_ pair: EvidencePair) -> Bool {
        guard run.v1.isLive, let v1 = pair.v1, let v2 = pair.v2 else { return false }
        let reader = AnswerReader(run.codec)
        return run.judge.step(
            v1: reader.outcome(v1, about: pair.question.grn), v2: reader.outcome(v2, about: pair.question.grn))
            == .askAgain
    }

    private func judge(_ pair: EvidencePair) async throws(EvidenceError) -> PairClass {
        let judgement = run.judgement(of: pair, AnswerReader(run.codec))
        try await run.evidence.judge([(pair.number, judgement)], at: run.time.date())
        return judgement.pairClass
    }
}

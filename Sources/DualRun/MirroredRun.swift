package import Comparison
package import Evidence
import Foundation
package import GuaranteeClients
package import Translation

/// Pairs of a mirror: v1.0 answers clients anyway, each answer is half of a pair, and v2.0 is asked for the other half
/// later. All of it goes to the evidence as it happens.
package struct MirroredRun: Sendable {
    private let evidence: any EvidenceStore
    private let codec: ExchangeCodec
    private let table: DifferenceTable
    private let time: Timekeeper
    private let pseudonym: (@Sendable (String) -> String)?
    private let asker: PairAsker
    private let judge: PairJudge

    /// - Parameters:
    ///   - time: the run's own clock.
    ///   - pseudonym: what stands for a tax identifier in the evidence; nil: it stays.
    package init(
        evidence: any EvidenceStore, codec: ExchangeCodec, table: DifferenceTable, time: Timekeeper,
        comparableWithin: Double, pseudonym: (@Sendable (String) -> String)?
    ) {
        self.evidence = evidence
        self.codec = codec
        self.table = table
        self.time = time
        self.pseudonym = pseudonym
        asker = PairAsker(
            evidence: evidence, codec: codec, table: table, time: time, options: DualRunOptions(),
            pseudonym: pseudonym)
        judge = PairJudge(codec, table, comparableWithin: comparableWithin)
    }

    /// What v1.0's answer is worth.
    package enum Worth: Sendable, Equatable {
        /// It says something about the guarantee: v2.0 is to be asked.
        case conclusive
        /// It is to be asked for later, by this id.
        case pending(String)
        /// It says nothing, and v2.0 need not be asked.
        case inconclusive
    }

    /// Takes a client's question and v1.0's answer to it: a pair from now on.
    ///
    /// - Parameter token: the client's: it is hidden where an answer repeats it.
    package func take(
        _ question: DualRunQuestion, _ answer: Exchange, token: BearerToken?
    ) async throws(EvidenceError) -> (pair: Int, worth: Worth) {
        let redaction = redaction(question, token)
        let asked = EvidenceQuestion(
            grn: question.grn.text, tin: question.tin.map { pseudonym?($0) ?? $0 }, user: nil, label: nil,
            guaranteeType: nil)
        let reading = read(answer)
        var exchange = kept(answer, redaction)
        exchange.meaning = reading.message.map { EvidenceMeaning($0, table) }
        let pair = try await evidence.add(asked, asked: exchange, settles: reading.settles, why: reading.why)
        return (pair, reading.worth)
    }

    /// Takes v1.0's answer to a pending question, which its client asked for.
    package func takeLater(
        _ answer: Exchange, pair: Int, _ question: DualRunQuestion, token: BearerToken?
    ) async throws(EvidenceError) -> Worth {
        let reading = read(answer)
        guard reading.settles else { return reading.worth }
        var exchange = kept(answer, redaction(question, token))
        exchange.pair = pair
        let number = try await evidence.willSend(exchange)
        exchange.id = number
        try await evidence.ended(exchange, arrived: true)
        try await evidence.settle(
            EvidenceSettlement(
                pair: pair, side: .v1, look: .first, exchange: reading.why == nil ? number : nil,
                meaning: reading.message.map { EvidenceMeaning($0, table) }, why: reading.why))
        return reading.worth
    }

    /// A side will bring nothing more: what it brought before stays.
    package func giveUp(
        _ side: EvidenceSide, _ pair: Int, _ look: Look = .first, why: String
    ) async throws(EvidenceError) {
        guard let known = try await open(pair), known.outcome(side, look) == nil else { return }
        try await evidence.settle(EvidenceSettlement(pair: pair, side: side, look: look, exchange: nil, why: why))
    }

    /// Asks v2.0, or v1.0 again.
    ///
    /// - Returns: why that can't be done now; nil where it is done.
    package func ask(
        _ side: EvidenceSide, _ question: DualRunQuestion, pair: Int, client: any GuaranteeClient
    ) async -> StopReason? {
        await asker.ask(question, pair: pair, side, side.look, client: client)
    }

    /// What is missing of a pair.
    package enum State: Sendable, Equatable {
        /// v1.0 has said nothing about the guarantee so far.
        case needsV1
        case needsV2
        /// The amounts differ, and v1.0 was not asked again.
        case mayHaveMoved
        case complete
        /// It is judged, or unknown.
        case over
    }

    package func state(of pair: Int) async throws(EvidenceError) -> State {
        guard let pair = try await open(pair) else { return .over }
        guard let v1 = pair.v1, v1.exchange?.meaning?.isConclusive == true else { return .needsV1 }
        guard let v2 = pair.v2 else { return .needsV2 }
        let reader = AnswerReader(codec)
        let step = judge.step(
            v1: reader.outcome(v1, about: pair.question.grn), v2: reader.outcome(v2, about: pair.question.grn))
        return pair.again == nil && step == .askAgain ? .mayHaveMoved : .complete
    }

    /// Judges a pair by what it has.
    ///
    /// - Returns: nil where it was judged before.
    package func conclude(_ pair: Int) async throws(EvidenceError) -> PairClass? {
        guard let known = try await open(pair) else { return nil }
        let judgement = judge.judgement(of: known, AnswerReader(codec))
        try await evidence.judge([(pair, judgement)], at: time.date())
        return judgement.pairClass
    }

    /// The pairs that are not judged.
    package func openPairs() async throws(EvidenceError) -> [Int] {
        try await evidence.openNumbers(from: 1, limit: .max)
    }

    // MARK: - Reading

    private struct ReadAnswer {
        var worth: Worth
        var message: BalanceMessage?
        /// Whether it is all that v1.0 will bring.
        var settles = true
        /// Why it is none; nil where it is one.
        var why: String?
    }

    private func read(_ answer: Exchange) -> ReadAnswer {
        guard case .success(let response) = answer.outcome else {
            return ReadAnswer(worth: .inconclusive, why: "no answer came")
        }
        if answer.isOfOwnGateway {
            return ReadAnswer(worth: .inconclusive, why: "a gateway of this toolkit answered, which asks v2.0")
        }
        do throws(TranslationError) {
            let message = try codec.message(in: response, of: .v1JSON)
            if message.kind == .pending, let id = message.balanceID {
                return ReadAnswer(worth: .pending(id), message: message, settles: false)
            }
            let isConclusive = table.inconclusive(message) == nil
            return ReadAnswer(worth: isConclusive ? .conclusive : .inconclusive, message: message)
        } catch {
            return ReadAnswer(worth: .inconclusive, why: "the answer can't be read: \(error.message)")
        }
    }

    private func kept(_ answer: Exchange, _ redaction: Redaction) -> EvidenceExchange {
        var exchange = EvidenceExchange(side: .v1, format: MessageFormat.v1JSON.rawValue)
        exchange.method = answer.method
        exchange.path = answer.path
        exchange.sentAt = answer.sentAt
        exchange.seconds = answer.duration.inSeconds
        switch answer.outcome {
        case .success(let response):
            exchange.status = response.status
            exchange.body = Data(codec.masker.redacted(response.body, by: redaction))
        case .failure(let error): exchange.failure = error.code.rawValue
        }
        return exchange
    }

    private func redaction(_ question: DualRunQuestion, _ token: BearerToken?) -> Redaction {
        var redaction = question.redaction(pseudonym)
        // What is shorter than any token is a part of ordinary words.
        if let token, token.secret.utf8.count >= 8 { redaction.secrets.append(token.secret) }
        return redaction
    }

    private func open(_ pair: Int) async throws(EvidenceError) -> EvidencePair? {
        try await evidence.openPairs(from: pair, limit: 1).first { $0.number == pair }
    }
}

extension EvidenceSide {
    /// At which look a mirror asks the side itself: v1.0's first answer is its client's.
    package var look: Look { self == .v1 ? .second : .first }
}

extension PairJudge {
    /// The judgement of a pair by all that it has.
    func judgement(of pair: EvidencePair, _ reader: AnswerReader) -> Judgement {
        let nothing = EvidenceOutcome(exchange: nil, why: "it was not asked")
        let v1 = reader.outcome(pair.v1 ?? nothing, about: pair.question.grn)
        let v2 = reader.outcome(pair.v2 ?? nothing, about: pair.question.grn)
        if let again = pair.again {
            return judge(v1: v1, v2: v2, again: reader.outcome(again, about: pair.question.grn))
        }
        return judge(v1: v1, v2: v2)
    }
}

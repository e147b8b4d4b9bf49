package import Comparison
package import Foundation

/// Keeps what was asked, answered and concluded. What a call returned from survives the process, and the machine.
package protocol EvidenceStore: Sendable {
    // MARK: The run

    /// The run that the store holds; nil where it holds none yet.
    func run() async throws(EvidenceError) -> EvidenceRun?
    /// Notes the run's settings: at its beginning, and where it goes on.
    func save(_ run: EvidenceRun) async throws(EvidenceError)
    func add(_ note: EvidenceNote) async throws(EvidenceError)

    // MARK: Questions

    /// Adds pairs to the end of the list.
    func add(_ questions: [EvidenceQuestion]) async throws(EvidenceError)
    /// Adds a pair of which v1.0 has been asked already, with what became of it.
    ///
    /// - Parameters:
    ///   - settles: whether the exchange is all that v1.0 will bring.
    ///   - why: why it brought no answer; nil where it did.
    /// - Returns: the pair's number.
    func add(
        _ question: EvidenceQuestion, asked exchange: EvidenceExchange, settles: Bool, why: String?
    ) async throws(EvidenceError) -> Int
    /// The questions from a number on.
    func questions(from number: Int, limit: Int) async throws(EvidenceError) -> [EvidenceQuestion]
    func pairCount() async throws(EvidenceError) -> Int
    /// Pairs that are not judged yet, from a number on, with what they have so far.
    func openPairs(from number: Int, limit: Int) async throws(EvidenceError) -> [EvidencePair]
    /// The numbers of pairs that are not judged yet, from one on.
    func openNumbers(from number: Int, limit: Int) async throws(EvidenceError) -> [Int]

    // MARK: Recordings

    /// Whether all recordings of a side were taken in.
    func hasRecordings(of side: EvidenceSide) async throws(EvidenceError) -> Bool
    /// Forgets what was taken in of a side's recordings before the run broke off.
    func removeRecordings(of side: EvidenceSide) async throws(EvidenceError)
    func add(_ recordings: [EvidenceRecording]) async throws(EvidenceError)
    /// All were added: pairs answers with their questions by the names of messages (contract section 6).
    func finishRecordings(of side: EvidenceSide, unreadable: Int, foreign: Int) async throws(EvidenceError)
    /// Makes pairs of a side's recorded answers, in their order.
    ///
    /// - Parameter onePerGuarantee: only the latest answer about each GRN.
    func addPairs(from side: EvidenceSide, onePerGuarantee: Bool) async throws(EvidenceError)
    /// Gives open pairs the recorded answers of the sides that are recorded, those nearest in time to each other, and each
    /// that has none the outcome that says so.
    func pairRecordings(of sides: Set<EvidenceSide>) async throws(EvidenceError)

    // MARK: Asking

    /// The intent to call: it stands before the call is made.
    func willSend(_ exchange: EvidenceExchange) async throws(EvidenceError) -> Int64
    /// What became of it.
    ///
    /// - Parameter arrived: whether the call may have arrived, and taken its lock.
    func ended(_ exchange: EvidenceExchange, arrived: Bool) async throws(EvidenceError)
    /// What a side brought.
    func settle(_ settlement: EvidenceSettlement) async throws(EvidenceError)
    /// A side's answer is to be asked for anew; what it brought before stays among the exchanges.
    func reopen(_ pair: Int, _ side: EvidenceSide, _ look: Look) async throws(EvidenceError)
    /// The exchanges of one side and look of a pair, oldest first.
    func exchanges(of pair: Int, _ side: EvidenceSide, _ look: Look) async throws(EvidenceError) -> [EvidenceExchange]
    /// The calls that an earlier process sent and did not see the end of: they are over by now, without an answer.
    func closeInterrupted(failure: String, at moment: Date) async throws(EvidenceError) -> Int
    /// Calls that may have arrived since a moment: their locks and quotas count.
    func calls(since moment: Date) async throws(EvidenceError) -> [EvidenceCall]

    // MARK: Concluding

    func judge(_ judgements: [(pair: Int, judgement: Judgement)], at moment: Date) async throws(EvidenceError)
    /// How many pairs were judged to be of each class.
    func classCounts() async throws(EvidenceError) -> [PairClass: Int]
    /// Takes back the judgements of pairs of a class, so that they are asked about again.
    func reopen(_ pairClass: PairClass) async throws(EvidenceError) -> Int
}

/// What a side brought for a pair.
package struct EvidenceSettlement: Sendable {
    package var pair: Int
    package var side: EvidenceSide
    package var look: Look
    package var exchange: Int64?
    package var meaning: EvidenceMeaning?
    package var why: String?

    package init(
        pair: Int, side: EvidenceSide, look: Look, exchange: Int64?, meaning: EvidenceMeaning? = nil,
        why: String? = nil
    ) {
        self.pair = pair
        self.side = side
        self.look = look
        self.exchange = exchange
        self.meaning = meaning
        self.why = why
    }
}

/// A recorded answer, or a recorded question that tells whom answers of the same names are about.
package struct EvidenceRecording: Sendable {
    package enum Content: Sendable {
        case question
        case answer(EvidenceExchange)
    }

    package var content: Content
    package var side: EvidenceSide
    package var grn: String?
    /// The tax identifier, or its pseudonym.
    package var tin: String?
    /// The names by which questions and answers find each other, the surest first.
    package var keys: [String]

    package init(_ content: Content, side: EvidenceSide, grn: String?, tin: String? = nil, keys: [String] = []) {
        self.content = content
        self.side = side
        self.grn = grn
        self.tin = tin
        self.keys = keys
    }
}

/// A call that was made, as far as pacing asks.
package struct EvidenceCall: Sendable, Equatable {
    package var pair: Int
    package var side: EvidenceSide
    package var method: String
    package var sentAt: Date
    /// nil where nobody saw its end.
    package var seconds: Double?
}

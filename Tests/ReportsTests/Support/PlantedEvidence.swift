import Comparison
import Evidence
import Foundation
import TestSupport

/// A run that never took place: pairs of every class, with the answers that such pairs have.
struct PlantedEvidence {
    let store: SQLiteEvidence
    /// The run's own clock: each pair takes it on.
    private(set) var now: Date
    private var random: SeededRandom
    private let isV1Live: Bool
    private var number = 0

    static let start = Date(timeIntervalSince1970: 1_795_597_200)

    init(
        seed: UInt64 = 1, isV1Live: Bool = true, isMirror: Bool = false, timeScale: Double = 1,
        rules: VerdictRules = VerdictRules()
    ) async throws {
        store = try SQLiteEvidence.inMemory()
        random = SeededRandom(seed: seed)
        self.isV1Live = isV1Live
        now = Self.start
        var run = EvidenceRun(
            toolVersion: "0.4.0", startedAt: now, timeScale: timeScale,
            v1: isV1Live ? "http://127.0.0.1:9000" : "answers.ndjson", v2: "http://127.0.0.1:9000", isV1Live: isV1Live,
            isV2Live: true, rules: rules, mappings: ["tables/conditions.yaml": 1, "tables/differences.yaml": 1])
        run.isMirror = isMirror
        try await store.save(run)
    }

    /// Adds a pair whose v1.0 has promised an answer, and that stays open.
    mutating func plantPending(grn: String) async throws {
        number += 1
        now += 30
        var exchange = EvidenceExchange(side: .v1, format: "v1-json")
        (exchange.method, exchange.path, exchange.sentAt) = ("POST", "/customs/guarantees/balances", now)
        (exchange.status, exchange.seconds) = (202, 0.3)
        _ = try await store.add(
            question(grn: grn, label: nil, type: nil), asked: exchange, settles: false, why: nil)
    }

    /// Pairs of nearly all classes in a plausible mixture, some of them `different`.
    mutating func plantMixture(_ count: Int, different: Int = 0) async throws {
        for index in 0..<count {
            let isDifferent = different > 0 && index % (count / different) == count / different / 2
            let pairClass: PairClass =
                switch random.below(100) {
                case _ where isDifferent: .different
                case 0..<4: .equivalent
                case 4..<9: .explained
                case 9..<11: .drifted
                case 11..<14: .inconclusive
                default: .same
                }
            try await plant(pairClass, after: 10 + Double(random.below(40)))
        }
    }

    /// Adds a pair.
    ///
    /// - Parameters:
    ///   - pairClass: nil: it stays open, with v1.0's answer.
    ///   - body: of both answers; nil: such as they have.
    mutating func plant(
        _ pairClass: PairClass?, grn: String? = nil, label: String? = nil, type: String? = nil, body: String? = nil,
        why: String? = nil, differences: [Difference]? = nil, after seconds: Double = 30
    ) async throws {
        number += 1
        now += seconds
        try await store.add([question(grn: grn, label: label, type: type)])
        let amount = "\(1_000 * (1 + random.below(500)))"
        let moved = amount + ".5"
        switch pairClass {
        case nil: return try await bring(.v1, Answer(amount))
        case .same: try await answer(amount, amount, body: body)
        case .equivalent: try await answer(amount, amount + ".0", body: body)
        case .explained:
            try await bring(.v1, Answer(400, "refusal", condition: "tax-identifier-refused"))
            try await bring(.v2, Answer(amount))
        case .drifted:
            try await answer(amount, moved, body: body)
            try await bring(.v1, Answer(moved), look: .second)
        case .different:
            try await answer(amount, moved, body: body)
            if isV1Live { try await bring(.v1, Answer(amount), look: .second) }
        case .stale: try await answer(amount, moved, body: body)
        case .inconclusive:
            try await bring(.v1, Answer(amount))
            try await bring(.v2, Answer(429, "serviceError", condition: "too-many-requests"))
        }
        now += 1
        guard let pairClass else { return }
        var judgement = Self.judgement(pairClass, amount, moved)
        if let why { judgement.why = why }
        if let differences { judgement.differences = differences }
        try await store.judge([(number, judgement)], at: now)
    }

    /// Adds so many pairs of each class, of which nothing else is known: nil: open ones.
    func plantBare(_ counts: [(pairClass: PairClass?, count: Int)], type: String? = nil) async throws {
        let sum = counts.reduce(0) { $0 + $1.count }
        try await store.add(
            (0..<sum).map { EvidenceQuestion(grn: "23GB\(100_000_000_000 + $0)5", guaranteeType: type) })
        var number = 0
        for (pairClass, count) in counts {
            if let pairClass {
                try await store.judge((number..<number + count).map { ($0 + 1, Judgement(pairClass)) }, at: now)
            }
            number += count
        }
    }

    private mutating func question(grn: String?, label: String?, type: String?) -> EvidenceQuestion {
        var values = SampleValues(random: random)
        let any = values.grn()
        random = values.random
        return EvidenceQuestion(
            grn: grn ?? any, user: random.chance(50) ? "north" : nil,
            label: label ?? (random.chance(30) ? random.pick(["Dover", "Belfast", "Harwich", "Zoë & Söhne"]) : nil),
            guaranteeType: type ?? random.pick(["0", "1", "9"]))
    }

    private static func judgement(_ pairClass: PairClass, _ amount: String, _ moved: String) -> Judgement {
        let balance = [Difference(.balance, amount, moved)]
        return switch pairClass {
        case .same: Judgement(.same)
        case .equivalent:
            Judgement(.equivalent, differences: [Difference(.form, at: "/balance", amount, amount + ".0")])
        case .explained:
            Judgement(
                .explained, differences: [Difference(.kind, "refusal: tax-identifier-refused", "answer")],
                rule: "tax-identifier-not-asked",
                why: "v1.0 looked at the tax identifier, and refused it; v2.0 asks for none")
        case .drifted: Judgement(.drifted, differences: balance, why: "asked again, v1.0 said what v2.0 had said")
        case .different: Judgement(.different, differences: balance)
        case .stale: Judgement(.stale, differences: balance, why: "the answers are 61 days apart")
        case .inconclusive: Judgement(.inconclusive, why: "v2.0: an error in place of an answer: too-many-requests")
        }
    }

    // MARK: - Answers

    private struct Answer {
        var status: Int
        var meaning: EvidenceMeaning
        var body: String

        init(_ amount: String, body: String? = nil) {
            status = 200
            meaning = EvidenceMeaning(kind: "answer", balance: amount, currency: "GBP")
            self.body = body ?? #"{"balance":\#(amount),"currency":"GBP"}"#
        }

        init(_ status: Int, _ kind: String, condition: String) {
            self.status = status
            meaning = EvidenceMeaning(kind: kind, condition: condition)
            body = #"{"message":"\#(condition)"}"#
        }
    }

    private mutating func answer(_ first: String, _ second: String, body: String?) async throws {
        try await bring(.v1, Answer(first, body: body))
        try await bring(.v2, Answer(second, body: body))
    }

    private mutating func bring(_ side: EvidenceSide, _ answer: Answer, look: Look = .first) async throws {
        guard side == .v2 || isV1Live else { return try await record(answer) }
        now += 1
        var exchange = EvidenceExchange(
            side: side, pair: number, look: look, format: side == .v1 ? "v1-json" : "v2-json")
        exchange.method = "POST"
        exchange.path = side == .v1 ? "/customs/guarantees/balances" : "/customs/guarantees/\(number)/balance"
        exchange.sentAt = now
        exchange.id = try await store.willSend(exchange)
        // v1.0 is the slower one, and both get slower for a while.
        let load = 1 + 0.6 * sin(now.timeIntervalSince(Self.start) / 1500)
        exchange.seconds = (side == .v1 ? 0.35 : 0.12) * load * (0.8 + Double(random.below(100)) / 150)
        exchange.status = answer.status
        if answer.status == 429 { exchange.throttledBy = "others" }
        exchange.body = Data(answer.body.utf8)
        try await store.ended(exchange, arrived: true)
        try await store.settle(
            EvidenceSettlement(
                pair: number, side: side, look: look, exchange: exchange.id, meaning: answer.meaning,
                why: answer.status == 429 ? "an error in place of an answer: too-many-requests" : nil))
    }

    private func record(_ answer: Answer) async throws {
        var exchange = EvidenceExchange(side: .v1, format: "v1-json")
        exchange.source = "answers.ndjson, line \(number)"
        exchange.sentAt = now.addingTimeInterval(-61 * 86_400)
        exchange.status = answer.status
        exchange.body = Data(answer.body.utf8)
        exchange.meaning = answer.meaning
        let grn = try await store.questions(from: number, limit: 1).first?.grn
        try await store.add([EvidenceRecording(.answer(exchange), side: .v1, grn: grn, keys: ["\(number)"])])
        try await store.finishRecordings(of: .v1, unreadable: 1, foreign: 2)
        try await store.pairRecordings(of: [.v1])
    }
}

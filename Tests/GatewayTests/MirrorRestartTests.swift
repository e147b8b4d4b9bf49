import Comparison
import Evidence
import Foundation
import GuaranteeClients
import NetworkSupport
import Simulator
import TestSupport
import Testing
import Translation

/// Mirrors that end while pairs wait, and others that go on with them.
@Suite(.timeLimit(.minutes(3))) struct `A mirror that goes on` {
    private static let kinds: [PlantedRun.Kind] = [
        .balance, .pending, .wrongCode, .otherAmount, .moved, .trailingZero, .unknownEORI, .v2Fails, .v1Unavailable,
    ]

    @Test(arguments: [true, false])
    func `judges each pair once, and loses none`(hasShadowToken: Bool) async throws {
        let planted = PlantedRun(Self.kinds.count * 2, kinds: Self.kinds)
        let fixture = try MirrorFixture([
            "ask-again": "true", "shadow-token.file": hasShadowToken ? MirrorFixture.shadowToken : "",
        ])
        try await withSimulator(planted.scenario(scale: 1), clock: fixture.clock.simulatorClock) { simulator in
            let promises = try await fixture.run(primary: simulator.url, shadow: simulator.url) { mirror in
                var promises: [(V1Question, ExchangeResponse)] = []
                for question in planted.pairs.map({ V1Question($0) }) {
                    let answer = try await mirror.ask(question, fetchingAfter: nil)
                    if answer.status == 202 { promises.append((question, answer)) }
                }
                return promises
            }
            // All that was seen is there when a mirror has ended.
            #expect(try fixture.pairs().count == planted.pairs.count)
            var judged: [Int: Date] = [:]
            for (question, promise) in promises {
                try await fixture.clock.advance(by: .seconds(20))
                try await fixture.run(primary: simulator.url, shadow: simulator.url) { mirror in
                    #expect(try await mirror.fetch(promise, as: question).status == 200)
                    // Calls of the process before may hold any lock: only then is anybody asked, three in a second.
                    for _ in 0..<13 { try await mirror.clock.advance(by: .seconds(5)) }
                }
                for pair in try fixture.pairs() {
                    guard let moment = pair.judgedAt else { continue }
                    #expect(judged[pair.number].map { $0 == moment } ?? true, "\(pair.number) is judged again")
                    judged[pair.number] = moment
                }
            }
            let pairs = try await fixture.run(primary: simulator.url, shadow: simulator.url) { mirror in
                try await mirror.judged(planted.pairs.count)
            }
            let classes = Dictionary(planted.pairs.map { ($0.grn, $0.pairClass) }) { first, _ in first }
            for pair in pairs {
                #expect(pair.judgement?.pairClass.rawValue == classes[pair.question.grn], "\(pair.number)")
            }
            let log = await simulator.log
            #expect(log.brokenLocks == 0)
            let asked = Dictionary(grouping: log.calls.filter { $0.api == "v2" }, by: \.path).mapValues(\.count)
            #expect(asked.values.allSatisfy { $0 == 1 }, "\(asked)")
        }
    }

    @Test func `asks nothing while calls of the process before may hold a lock`() async throws {
        let planted = PlantedRun(1, kinds: [.balance])
        let fixture = try MirrorFixture(["shadow-token.file": ""])
        try await withSimulator(planted.scenario(scale: 1), clock: fixture.clock.simulatorClock) { simulator in
            _ = try await fixture.run(primary: simulator.url, shadow: simulator.url) { mirror in
                try await mirror.ask(V1Question(planted.pairs[0]))
            }
            try await fixture.run(primary: simulator.url, shadow: simulator.url) { mirror in
                try await mirror.clock.advance(by: .seconds(61))
                #expect(await simulator.log.calls.count == 1)
                #expect(try await mirror.judged(1)[0].judgement?.pairClass == .same)
            }
        }
    }

    @Test func `has lost what was to be asked, where it keeps no store`() async throws {
        let planted = PlantedRun(2, kinds: [.balance, .pending])
        let fixture = try MirrorFixture(["store": "", "shadow-token.file": ""])
        try await withSimulator(planted.scenario(scale: 1), clock: fixture.clock.simulatorClock) { simulator in
            try await fixture.run(primary: simulator.url, shadow: simulator.url) { mirror in
                for pair in planted.pairs { try await mirror.ask(V1Question(pair), fetchingAfter: nil) }
            }
            let pairs = try await fixture.run(primary: simulator.url, shadow: simulator.url) { mirror in
                try await mirror.judged(2)
            }
            #expect(
                pairs.map { $0.judgement?.why } == [
                    "v2.0: its access code was lost with an earlier process",
                    "v1.0: its answer was pending when an earlier process ended",
                ])
            #expect(pairs.map { $0.judgement?.pairClass } == [.inconclusive, .inconclusive])
            #expect(await simulator.log.calls.count == 2)
        }
    }

    @Test func `judges by what it has where the process before ended just before it would have`() async throws {
        let fixture = try MirrorFixture(["ask-again": "true"])
        let nobody = try MirrorFixture.nobody()
        try await fixture.run(primary: nobody, shadow: nobody) { _ in }
        // What a process leaves that is killed when it has both answers: without the question, which it had not kept.
        try await fixture.leave([("1000.5", "1000.5"), ("1000.5", "31.01")])
        let pairs = try await fixture.run(primary: nobody, shadow: nobody) { try await $0.judged(2) }
        #expect(pairs.map { $0.judgement?.pairClass } == [.same, .inconclusive])
        #expect(pairs[1].judgement?.why == "v1.0, again: its access code was lost with an earlier process")
        #expect(pairs[1].judgement?.differences.map(\.left) == ["1000.5"])
        #expect(pairs[1].v1?.exchange?.meaning?.balance == "1000.5")
    }
}

extension MirrorFixture {
    /// Puts pairs into the evidence of which both answers are there, and no judgement.
    func leave(_ balances: [(v1: String, v2: String)]) async throws {
        let evidence = try SQLiteEvidence.forWriting(path("mirror.evidence"))
        defer { evidence.close() }
        let now = clock.timekeeper.date()
        for (number, balance) in balances.enumerated() {
            let grn = "24GB\(100_000_000_000 + number)7"
            func exchange(_ side: EvidenceSide, _ path: String, _ body: String, _ amount: String) -> EvidenceExchange {
                var exchange = EvidenceExchange(side: side, format: side == .v1 ? "v1-json" : "v2-json")
                (exchange.method, exchange.path, exchange.sentAt, exchange.seconds) = ("POST", path, now, 0)
                (exchange.status, exchange.body) = (200, Data(body.utf8))
                exchange.meaning = EvidenceMeaning(kind: "answer", balance: amount, currency: "GBP")
                return exchange
            }
            let first = exchange(
                .v1, V1Question.path, #"{"response":{"balance":\#(balance.v1),"currency":"GBP"}}"#, balance.v1)
            let pair = try await evidence.add(EvidenceQuestion(grn: grn), asked: first, settles: true, why: nil)
            var second = exchange(
                .v2, "/customs/guarantees/\(grn)/balance",
                #"{"_links":{"self":{"href":"/customs/guarantees/\#(grn)/balance"}},"balance":\#(balance.v2),"currency":"GBP"}"#,
                balance.v2)
            second.pair = pair
            second.id = try await evidence.willSend(second)
            try await evidence.ended(second, arrived: true)
            try await evidence.settle(
                EvidenceSettlement(pair: pair, side: .v2, look: .first, exchange: second.id, meaning: second.meaning))
        }
    }
}

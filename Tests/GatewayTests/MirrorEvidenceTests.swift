import Comparison
import Evidence
import Foundation
import GuaranteeClients
import NetworkSupport
import Simulator
import TestSupport
import Testing
import Translation

/// What clients ask, and what the evidence says of it.
@Suite(.timeLimit(.minutes(5))) struct `A mirror's evidence` {
    /// With what each planted pair comes out as, by its label.
    private func classes(of planted: PlantedRun, _ pairs: [EvidencePair]) -> [String: String] {
        let labels = Dictionary(planted.pairs.map { ($0.grn, $0.label) }) { first, _ in first }
        return Dictionary(
            pairs.map { (labels[$0.question.grn] ?? "", $0.judgement?.pairClass.rawValue ?? "open") }
        ) { "\($0) and \($1)" }
    }

    private static let quick = PlantedRun.Kind.allCases.filter { $0 != .late && $0 != .v1Expires }

    @Test(arguments: [true, false], [true, false])
    func `has each pair in its class`(hasShadowToken: Bool, asksAgain: Bool) async throws {
        let planted = PlantedRun(Self.quick.count * 2, kinds: Self.quick)
        let fixture = try MirrorFixture([
            "ask-again": "\(asksAgain)", "shadow-token.file": hasShadowToken ? MirrorFixture.shadowToken : "",
        ])
        let (pairs, log) = try await fixture.runSimulated(planted.scenario(scale: 1)) { mirror, simulator in
            for pair in planted.pairs { try await mirror.ask(V1Question(pair)) }
            return (try await mirror.judged(planted.pairs.count), await simulator.log)
        }
        var expected = Dictionary(uniqueKeysWithValues: planted.pairs.map { ($0.label, $0.pairClass) })
        if !asksAgain {
            for label in expected.keys where label.hasPrefix("moved ") || label.hasPrefix("movesTwice ") {
                expected[label] = "different"
            }
        }
        let found = classes(of: planted, pairs)
        #expect(found == expected, "\(found.filter { expected[$0.key] != $0.value })")
        let rules = Dictionary(planted.pairs.map { ($0.grn, $0.rule) }) { first, _ in first }
        for pair in pairs { #expect(pair.judgement?.rule == rules[pair.question.grn]) }
        #expect(log.brokenLocks == 0)
        // Nobody asked v2.0 where v1.0 had said nothing.
        let asked = Set(log.calls.filter { $0.api == "v2" }.map(\.path))
        #expect(asked.count == planted.pairs.count { !$0.label.hasPrefix("v1Unavailable") })
    }

    @Test func `calls stale what v2.0 answered too late`() async throws {
        let planted = PlantedRun(2, kinds: [.late])
        let pairs = try await MirrorFixture().runSimulated(planted.scenario(scale: 1)) { mirror, _ in
            for pair in planted.pairs { try await mirror.ask(V1Question(pair)) }
            return try await mirror.judged(2, step: .seconds(60))
        }
        #expect(pairs.map { $0.judgement?.pairClass } == [.stale, .stale])
    }

    @Test func `names by pseudonym who is asked about, unless it is to keep identifiers`() async throws {
        for keeps in [false, true] {
            let pairs = try await MirrorFixture(["keep-identifiers": "\(keeps)"])
                .runSimulated(PlantedRun(1, kinds: [.balance]).scenario(scale: 1)) { mirror, _ in
                    try await mirror.ask(V1Question(PlantedRun(1, kinds: [.balance]).pairs[0]))
                    return try await mirror.judged(1)
                }
            #expect((pairs[0].question.tin == PlantedRun.holder) == keeps)
            #expect(pairs[0].question.tin?.isEmpty == false)
        }
    }

    @Test func `counts every question, and calls what is none so`() async throws {
        let planted = PlantedRun(4, kinds: [.balance, .wrongCode, .v1Unavailable, .otherCurrency])
        let question = V1Question(planted.pairs[0])
        @Sendable func changed(_ change: (inout ExchangeRequest) -> Void) -> ExchangeRequest {
            var request = question.request
            change(&request)
            return request
        }
        // v1.0 refuses the first three of these for what they ask; the others ask nothing.
        let refused = [
            changed { $0.headers["Accept"] = "*/*" }, changed { $0.headers["Authorization"] = nil }, question.request,
        ]
        let none = [
            changed { $0.body = Array("{".utf8) }, changed { $0.body = Array("{}".utf8) }, changed { $0.body = [] },
            changed { $0.headers["Content-Type"] = "text/plain" },
            changed { $0.body = Array(String(decoding: $0.body, as: UTF8.self).replacing("Z9q7", with: "Z9").utf8) },
        ]
        let elsewhere = [
            changed { $0.method = "GET" }, changed { $0.path += "/" }, changed { $0.path = "/other" },
            ExchangeRequest(method: "POST", path: "/customs/guarantees/\(question.grn)/balance", body: [1]),
        ]
        try await MirrorFixture().runSimulated(planted.scenario(scale: 1)) { mirror, simulator in
            for pair in planted.pairs { try await mirror.ask(V1Question(pair)) }
            for request in refused + none + elsewhere { _ = try await mirror.send(request) }
            let pairs = try await mirror.judged(7)
            #expect(pairs.map(\.number) == Array(1...7))
            let classes = pairs.map { $0.judgement?.pairClass }
            #expect(classes == [.same, .same, .inconclusive, .different, .inconclusive, .inconclusive, .inconclusive])
            let requests = "nctsbridge_mirror_requests_total"
            try await eventually("all are counted") {
                let isEmpty = try await mirror.metric("nctsbridge_mirror_queue") == 0
                return try await mirror.metric(requests, ["outcome": "not-a-question"]) == 5 && isEmpty
            }
            #expect(try await mirror.metric(requests, ["outcome": "recorded"]) == 7)
            for (pairClass, count) in [("same", 2.0), ("different", 1), ("inconclusive", 4)] {
                #expect(try await mirror.metric("nctsbridge_mirror_pairs_total", ["class": pairClass]) == count)
            }
            #expect(try await mirror.metric("nctsbridge_mirror_unrecorded_total") == 0)
            // Three by the mirror, and the client's own.
            let asked = await simulator.log.calls.filter { $0.api == "v2" }.map(\.path)
            #expect(asked.count == 4, "\(asked)")
        }
    }

    @Test func `holds no more than may wait, and says so of the rest`() async throws {
        let planted = PlantedRun(6, kinds: [.balance, .balance, .balance, .pending])
        let fixture = try MirrorFixture(["queue-limit": "2", "shadow-token.file": ""])
        try await fixture.runSimulated(planted.scenario(scale: 1)) { mirror, simulator in
            for pair in planted.pairs { try await mirror.ask(V1Question(pair), fetchingAfter: nil) }
            try await mirror.recorded(6)
            let pairs = try await mirror.judged(6, step: .seconds(10))
            let why = pairs.map { $0.judgement?.why }
            let full = "too many pairs waited for it"
            #expect(why == [nil, nil, "v2.0: \(full)", "v1.0: \(full)", "v2.0: \(full)", "v2.0: \(full)"])
            #expect(pairs.map { $0.judgement?.pairClass == .same } == [true, true, false, false, false, false])
            #expect(try await mirror.metric("nctsbridge_mirror_skipped_total") == 4)
            #expect(try await mirror.metric("nctsbridge_mirror_queue_limit") == 2)
            #expect(try await mirror.metric("nctsbridge_mirror_requests_total", ["outcome": "recorded"]) == 2)
            #expect(try await mirror.metric("nctsbridge_mirror_requests_total", ["outcome": "skipped"]) == 4)
            #expect(await simulator.log.calls.count { $0.api == "v2" } == 2)
        }
    }

    @Test func `takes no answer for v1.0's that this toolkit made of v2.0's`() async throws {
        let marks = ["gateway/0.1", "mirror/0.1", "gateway/0.1\r\nX-NCTSBridge: mirror/0.1"]
        for (mark, isOwn) in zip(marks, [true, false, true]) {
            let pairs = try await Server.run { wire in
                while await wire.request() != nil {
                    try await wire.answer(
                        #"{"response":{"balance":5,"currency":"GBP"}}"#, headers: "X-NCTSBridge: \(mark)\r\n")
                }
            } while: { server in
                let primary = try BaseURL("http://127.0.0.1:\(server.port)")
                return try await MirrorFixture().run(primary: primary, shadow: primary) { mirror in
                    try await mirror.ask(V1Question("24GB0000020000113"))
                    return try await mirror.judged(1)
                }
            }
            #expect(pairs[0].judgement?.why?.contains("a gateway of this toolkit answered") == isOwn, "\(pairs[0])")
        }
    }
}

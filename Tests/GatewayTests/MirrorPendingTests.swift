import Comparison
import Evidence
import Foundation
import GuaranteeClients
import NetworkSupport
import Simulator
import TestSupport
import Testing
import Translation

/// Answers of v1.0 that its clients ask for later.
@Suite(.timeLimit(.minutes(2))) struct `A pending answer of a mirror's v1.0` {
    private let planted = PlantedRun(1, kinds: [.pending])
    private var question: V1Question { V1Question(planted.pairs[0]) }

    @Test func `is half of its pair once the client fetches it`() async throws {
        try await MirrorFixture().runSimulated(planted.scenario(scale: 1)) { [question] mirror, simulator in
            let promise = try await mirror.ask(question, fetchingAfter: nil)
            #expect(promise.status == 202)
            // Asked for too soon there is none.
            _ = try await mirror.fetch(promise, as: question)
            try await mirror.recorded(1)
            #expect(try mirror.fixture.pairs()[0].v1 == nil)
            #expect(await simulator.log.calls.allSatisfy { $0.api == "v1" })
            try await mirror.clock.advance(by: .seconds(40))
            #expect(try await mirror.fetch(promise, as: question).status == 200)
            let pair = try await mirror.judged(1)[0]
            #expect(pair.judgement?.pairClass == .same)
            #expect(pair.v1?.exchange?.method == "GET")
            #expect(pair.v1?.exchange?.path == promise.headers["Location"])
            // Who asks once more changes nothing.
            #expect(try await mirror.fetch(promise, as: question).status == 200)
            #expect(await simulator.log.calls.count { $0.api == "v2" } == 1)
        }
    }

    @Test func `that nobody fetches within the hour is given up`() async throws {
        try await MirrorFixture().runSimulated(planted.scenario(scale: 1)) { [question] mirror, simulator in
            try await mirror.ask(question, fetchingAfter: nil)
            try await mirror.recorded(1)
            try await mirror.clock.advance(by: .seconds(3600))
            #expect(try mirror.fixture.pairs()[0].judgement == nil)
            let pair = try await mirror.judged(1, step: .seconds(30))[0]
            #expect(pair.judgement?.pairClass == .inconclusive)
            #expect(pair.judgement?.why == "v1.0: the client did not ask for the answer while v1.0 kept it")
            #expect(await simulator.log.calls.allSatisfy { $0.api == "v1" })
            try await eventually("nothing waits") { try await mirror.metric("nctsbridge_mirror_queue") == 0 }
        }
    }

    @Test func `may come after errors, from another process, and is what counts then`() async throws {
        // The question is the first call that v1.0 gets.
        let faults = "faults: [{api: v1, method: GET, calls: [2, 3], condition: server-error, at: platform}]"
        let fixture = try MirrorFixture()
        try await withSimulator(
            planted.scenario(scale: 1, more: faults), clock: fixture.clock.simulatorClock
        ) { [question] simulator in
            let promise = try await fixture.run(primary: simulator.url, shadow: simulator.url) { mirror in
                let promise = try await mirror.ask(question, fetchingAfter: nil)
                try await mirror.clock.advance(by: .seconds(40))
                #expect(try await mirror.fetch(promise, as: question).status == 500)
                return promise
            }
            #expect(try fixture.pairs()[0].v1?.exchange?.status == 500)
            try await fixture.run(primary: simulator.url, shadow: simulator.url) { mirror in
                try await mirror.clock.advance(by: .seconds(70))
                #expect(try await mirror.fetch(promise, as: question).status == 500)
                #expect(await simulator.log.calls.allSatisfy { $0.api == "v1" })
                #expect(try await mirror.fetch(promise, as: question).status == 200)
                #expect(try await mirror.judged(1)[0].judgement?.pairClass == .same)
            }
        }
    }

    @Test func `that ends in an error is told as that, and v2.0 is not asked`() async throws {
        let grn = "24GB0000020000113"
        let rejected = """
              - {grn: \(grn), holder: \(PlantedRun.holder), accessCode: Z9q7, balance: 5, v1: {after: 40, rejected: true}}
            """
        try await MirrorFixture().runSimulated(planted.scenario(scale: 1, more: rejected)) { mirror, simulator in
            #expect(try await mirror.ask(V1Question(grn)).status == 500)
            try await mirror.recorded(1)
            try await eventually("the error is recorded") { try mirror.fixture.pairs()[0].v1 != nil }
            try await mirror.clock.advance(by: .seconds(3700))
            let pair = try await mirror.judged(1, step: .seconds(60))[0]
            #expect(pair.judgement?.pairClass == .inconclusive)
            #expect(pair.v1?.exchange?.status == 500)
            #expect(pair.judgement?.why?.hasPrefix("v1.0: an error in place of an answer") == true, "\(pair)")
            #expect(await simulator.log.calls.allSatisfy { $0.api == "v1" })
        }
    }

    @Test func `promised twice is one pair's alone`() async throws {
        let id = "5e9f9a0e-3b1a-4c6d-8d2f-0c9b6e3f7a11"
        let pairs = try await Server.run { wire in
            while let request = await wire.request() {
                let href = #""_links":{"self":{"href":"/customs/guarantees/balances/\#(id)"}}"#
                let body = request.head.hasPrefix("POST") ? "{\(href),\"balanceId\":\"\(id)\"}" : "{}"
                try await wire.write(
                    "HTTP/1.1 202 Accepted\r\nLocation: /customs/guarantees/balances/\(id)\r\n"
                        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            }
        } while: { server in
            let primary = try BaseURL("http://127.0.0.1:\(server.port)")
            return try await MirrorFixture().run(primary: primary, shadow: primary) { mirror in
                for _ in 0..<2 { try await mirror.ask(V1Question("24GB0000020000113"), fetchingAfter: nil) }
                try await mirror.recorded(2)
                try await mirror.clock.advance(by: .seconds(3700))
                return try await mirror.judged(2, step: .seconds(60))
            }
        }
        #expect(pairs.map { $0.judgement?.pairClass } == [.inconclusive, .inconclusive])
        #expect(pairs[0].judgement?.why == "v1.0: its answer was promised to another question, too")
    }
}

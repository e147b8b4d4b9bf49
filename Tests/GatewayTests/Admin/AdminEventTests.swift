import Comparison
import Evidence
import Foundation
import GuaranteeClients
import NetworkSupport
import Reports
import TestSupport
import Testing
import Translation

/// The stream that the live page listens to, and the report beside it.
@Suite(.timeLimit(.minutes(1))) struct `The events of a mirror` {
    /// A connection that has asked for events, and what came of them.
    private final class Listener {
        private let wire: Wire
        private var text = ""
        private(set) var head = ""

        init(_ mirror: RunningMirror) async throws {
            wire = try await Wire.connected(to: try #require(mirror.gateway.adminURL).port)
            try await wire.write("GET \(LivePage.events) HTTP/1.1\r\nHost: localhost\r\n\r\n")
            while head.isEmpty {
                try await receive()
                guard let end = text.range(of: "\r\n\r\n") else { continue }
                head = String(text[..<end.lowerBound])
                text = String(text[end.upperBound...])
            }
        }

        /// The next state.
        func next() async throws -> [String: Any] {
            while true {
                // Chunks begin with their length, in a line of its own.
                if let start = text.range(of: "data: "), let end = text[start.upperBound...].range(of: "\n\n") {
                    let line = String(text[start.upperBound..<end.lowerBound])
                    text = String(text[end.upperBound...])
                    return try #require(
                        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
                }
                try await receive()
            }
        }

        func close() async throws { try await wire.cut() }
        func ended() async { await wire.end() }

        private func receive() async throws {
            guard let bytes = await wire.bytes() else { throw InVain(description: "more events: \(text)") }
            text += String(decoding: bytes, as: UTF8.self)
        }
    }

    @Test func `come at once, and again and again, with what has changed`() async throws {
        let planted = PlantedRun(3, kinds: [.balance, .otherAmount, .otherCurrency])
        try await MirrorFixture().runSimulated(planted.scenario(scale: 1)) { mirror, _ in
            let listener = try await Listener(mirror)
            #expect(listener.head.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(listener.head.contains("Content-Type: text/event-stream"))
            #expect(listener.head.contains("Cache-Control: no-store"))
            let first = try await listener.next()
            #expect(first["mode"] as? String == "mirror")
            #expect(first["requests"] as? Int == 0)
            for pair in planted.pairs { try await mirror.ask(V1Question(pair)) }
            try await mirror.judged(3)
            var last = try await listener.next()
            while (last["differences"] as? [[String: Any]])?.count != 2
                || (last["queue"] as? [String: Any])?["depth"] as? Int != 0
            { last = try await listener.next() }
            #expect(last["requests"] as? Int == 3)
            let summary = try #require(last["summary"] as? [String: Any])
            #expect(summary["total"] as? Int == 3)
            #expect(summary["verdict"] as? String == "not-ready")
            let grns = (last["differences"] as? [[String: Any]])?.map { $0["grn"] as? String }
            #expect(grns == [planted.pairs[2].grn, planted.pairs[1].grn])
            let sides = try #require(last["sides"] as? [[String: Any]])
            #expect(sides.map { $0["name"] as? String } == ["v1.0, primary", "v2.0, shadow"])
            #expect(sides.map { $0["calls"] as? Int } == [3, 3])
        }
    }

    @Test func `do not keep a mirror from ending, whoever listens`() async throws {
        let nobody = try MirrorFixture.nobody()
        let listener = try await MirrorFixture().run(primary: nobody, shadow: nobody) { mirror in
            let gone = try await Listener(mirror)
            _ = try await gone.next()
            try await gone.close()
            let listeners = [try await Listener(mirror), try await Listener(mirror)]
            for listener in listeners { _ = try await listener.next() }
            return Held(listeners: listeners)
        }
        // It has ended, and said so.
        for listener in listener.listeners { await listener.ended() }
    }

    /// Handed out of the mirror's run, and used by one task after the other.
    private struct Held: @unchecked Sendable {
        var listeners: [Listener]
    }

    @Test func `and its page tell what the report tells, which can be asked for meanwhile`() async throws {
        let planted = PlantedRun(4, kinds: [.balance, .otherAmount, .v2Fails, .pending])
        let fixture = try MirrorFixture()
        try await fixture.runSimulated(planted.scenario(scale: 1)) { mirror, _ in
            for pair in planted.pairs { try await mirror.ask(V1Question(pair), fetchingAfter: nil) }
            try await mirror.recorded(4)
            try await eventually("three are judged") {
                try await mirror.clock.advance(by: .seconds(1))
                return try fixture.pairs().count { $0.judgement != nil } == 3
            }
            let evidence = try SQLiteEvidence.forReading(fixture.path("mirror.evidence"))
            defer { evidence.close() }
            let report = try await EvidenceReport(evidence)
            // A pair that waits keeps nobody from a verdict.
            #expect(report.verdict == .notReady)
            #expect(report.summary.open == 1)
            for format in ReportFormat.allCases {
                var count = 0
                try report.write(format) { count += $0.count }
                #expect(count > 500, "\(format)")
            }
            let listener = try await Listener(mirror)
            var state = try await listener.next()["summary"] as? [String: Any]
            while state?["open"] as? Int != 1 { state = try await listener.next()["summary"] as? [String: Any] }
            #expect(state?["verdict"] as? String == "not-ready")
            let page = String(decoding: try await mirror.page("/_bridge/").body, as: UTF8.self)
            #expect(page.contains("Not ready so far"))
            #expect(page.contains(planted.pairs[1].grn))
        }
    }
}

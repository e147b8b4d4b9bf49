import Comparison
import Evidence
import Foundation
import Reports

/// States of gateways that never were.
enum PlantedLive {
    static let start = PlantedEvidence.start

    /// - Parameter seconds: since the moment that the page was made.
    static func gateway(after seconds: Int = 0) -> LiveState {
        var state = LiveState(
            version: "0.4.0", mode: .gateway, startedAt: start, now: start.addingTimeInterval(8_593 + Double(seconds)))
        state.requests = 48_213 + seconds * 7 + seconds % 3 * 4
        state.inFlight = 3 + seconds % 2
        state.connections = 12
        state.statuses = [
            (200, 46_102 + seconds * 7), (202, 41), (400, 812), (404, 1_163), (429, 64), (503, 31),
        ]
        state.refusedForLoad = 31
        state.pending = 2
        state.sides = [
            LiveState.Side(
                name: "v2.0, upstream", address: "https://api.service.hmrc.gov.uk", calls: 47_954 + seconds * 7,
                failures: 12, median: wave(0.118, seconds), p99: wave(0.644, seconds))
        ]
        state.overhead = (0.00042, 0.0031)
        state.notices = [
            "No holders file: v2.0 does not check that an EORI owns a guarantee.",
            "Pending requests are kept in memory alone: there is no key file to seal them with.",
        ]
        return state
    }

    static func mirror(_ summary: EvidenceSummary?, after seconds: Int = 0) -> LiveState {
        var state = gateway(after: seconds)
        state.mode = .mirror
        state.refusedForLoad = 0
        state.statuses = [(200, 46_102 + seconds * 7), (400, 1_971), (429, 109), (504, 31)]
        state.sides = [
            LiveState.Side(
                name: "v1.0, primary", address: "https://api.service.hmrc.gov.uk", calls: 48_213 + seconds * 7,
                failures: 31, median: wave(0.352, seconds), p99: wave(1.418, seconds)),
            LiveState.Side(
                name: "v2.0, shadow", address: "https://test-api.service.hmrc.gov.uk", calls: 9_322 + seconds * 3,
                failures: 4, median: wave(0.118, seconds + 3), p99: wave(0.644, seconds)),
        ]
        state.queue = LiveState.Queue(depth: 37 + seconds % 5, limit: 1_000, oldestSeconds: 12.4, skipped: 0)
        state.summary = summary
        state.differences = differences(seconds, now: state.now)
        state.notices.removeLast()
        return state
    }

    /// A new one each five seconds.
    private static func differences(_ seconds: Int, now: Date) -> [LiveState.Difference] {
        let kinds: [(PairClass, String)] = [
            (.explained, "v1.0: refusal: tax-identifier-refused; v2.0: 48000 GBP; rule tax-identifier-not-asked"),
            (.equivalent, "/balance: 12345678.90 and 12345678.9"),
            (.drifted, "balance: 51000 and 50250; asked again, v1.0 said what v2.0 had said"),
            (.different, "balance: 48000 and 48000.5; no rule explains it"),
            (.inconclusive, "v2.0: an error in place of an answer: too-many-requests"),
        ]
        let count = 8 + seconds / 5
        return (0..<min(count, LiveState.mostDifferences)).map { back in
            let index = count - back
            let (pairClass, what) = kinds[(index + 2) % kinds.count]
            return LiveState.Difference(
                pair: 9_000 + index * 41,
                at: start.addingTimeInterval(8_592 + Double(index - 8) * (index > 8 ? 5 : 213)),
                grn: "2\(index % 6)\(index % 4 == 0 ? "XI" : "GB")00000100\(10_000 + index * 37)\(index % 10)",
                pairClass: pairClass, what: what)
        }
    }

    /// A mirror's with hostile texts wherever texts come from outside.
    static func hostile(_ summary: EvidenceSummary?) -> LiveState {
        var state = mirror(summary)
        let texts = Scenario.hostileTexts
        state.version = texts[1]
        state.notices = texts
        state.sides = texts.prefix(2).map { LiveState.Side(name: $0, address: $0, calls: 1) }
        state.differences = texts.enumerated().map { index, text in
            LiveState.Difference(pair: index, at: state.now, grn: text, pairClass: .different, what: text)
        }
        return state
    }

    private static func wave(_ seconds: Double, _ at: Int) -> Double {
        seconds * (1 + 0.12 * sin(Double(at) / 4) + 0.05 * sin(Double(at) * 2.3))
    }
}

extension Scenario {
    func summary() async throws -> EvidenceSummary { try await evidence().summary() }
}

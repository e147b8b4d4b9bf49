import Comparison
import Evidence
import Foundation

/// What the live page shows of a state, in words. The server writes them into the page, and sends them to the page's
/// script, which puts each into its place and finds no words of its own for what the gateway knows.
struct LiveWords {
    /// What a browser's tab says.
    private(set) var title = "Gateway"
    /// The verdict over all that is judged; nil in a gateway that does not mirror.
    private(set) var verdict: Verdict?
    /// Texts by the name of their place.
    private(set) var texts: [String: String] = [:]
    /// Lists of sentences, by name.
    private(set) var lists: [String: [String]] = [:]
    /// Rows of tables, by the table's name.
    private(set) var tables: [String: [LiveRow]] = [:]
    /// Places whose value is one to be worried about.
    private(set) var alarms: Set<String> = []
    /// Bars, by name.
    private(set) var bars: [String: [BarSegment]] = [:]

    init(_ state: LiveState) {
        traffic(state)
        sides(state)
        lists["notices"] = state.notices.map { VisibleText.shortened($0, to: 400) }
        guard state.mode == .mirror else { return }
        verdict(state.summary)
        classes(state.summary)
        queue(state.queue)
        tables["differences"] = state.differences.prefix(LiveState.mostDifferences).map {
            LiveRow($0, now: state.now)
        }
    }

    /// Nothing of a name that nobody set: a defect.
    subscript(place: String) -> String {
        assert(texts[place] != nil, "no words for \(place)")
        return texts[place] ?? ""
    }

    // MARK: - Every gateway

    private mutating func traffic(_ state: LiveState) {
        let up = max(0, state.now.timeIntervalSince(state.startedAt))
        texts["now"] = Moment(state.now).time + " UTC"
        texts["up"] = Self.duration(up)
        texts["requests"] = Numbers.count(state.requests)
        texts["rate"] = Self.rate(state.requests, in: up)
        texts["in-flight"] = Numbers.count(state.inFlight)
        texts["connections"] = "over \(Numbers.count(state.connections, "connection"))"
        texts["pending"] = Numbers.count(state.pending)
        texts["refused"] = Numbers.count(state.refusedForLoad)
        if state.refusedForLoad > 0 { alarms.insert("refused") }
        let all = state.statuses.reduce(0) { $0 + $1.count }
        tables["statuses"] = state.statuses.sorted { $0.status < $1.status }.map { status, count in
            LiveRow(
                key: String(status),
                cells: [
                    "status": String(status), "name": HTTPStatusName.of(status), "count": Numbers.count(count),
                    "share": Numbers.share(count, of: all),
                ])
        }
    }

    private mutating func sides(_ state: LiveState) {
        for (index, side) in state.sides.enumerated() {
            texts["side-\(index)-median"] = Self.duration(side.median)
            texts["side-\(index)-p99"] = Self.duration(side.p99)
            texts["side-\(index)-calls"] = Numbers.count(side.calls)
            texts["side-\(index)-failures"] = Numbers.count(side.failures)
        }
        texts["overhead-median"] = Self.duration(state.overhead?.median)
        texts["overhead-p99"] = Self.duration(state.overhead?.p99)
    }

    // MARK: - A mirror

    private mutating func verdict(_ summary: EvidenceSummary?) {
        let soFar = summary?.soFar
        let verdict = soFar?.verdict.verdict ?? .notEnoughEvidence
        self.verdict = verdict
        title = verdict.title + " so far"
        texts["verdict"] = verdict.title
        texts["lead"] = Self.lead(soFar).replacingOccurrences(of: " %", with: "\u{A0}%")
        lists["missing"] = summary.map { $0.pairs > 0 ? $0.missing : [] } ?? []
        for (index, figure) in (soFar?.figures ?? EvidenceSummary.noFigures).enumerated() {
            texts["figure-\(index)-value"] = figure.value
            texts["figure-\(index)-note"] = figure.note
            if figure.isAlarming { alarms.insert("figure-\(index)") }
        }
    }

    private static func lead(_ summary: EvidenceSummary?) -> String {
        guard let summary else { return "Nothing was compared yet." }
        let words = VerdictWords(summary)
        return summary.pairs == 0 ? "Nothing was compared yet. \(words.needed)" : words.sentence
    }

    private mutating func classes(_ summary: EvidenceSummary?) {
        let counts = Self.classes.map { (name: $0.name, count: summary?.count($0) ?? 0) }
        let all = summary?.pairs ?? 0
        for (name, count) in counts {
            texts["class-\(name)-count"] = Numbers.count(count)
            texts["class-\(name)-share"] = Numbers.share(count, of: all)
        }
        texts["class-all-count"] = Numbers.count(all)
        bars["classes"] = BarSegment.stacked(counts)
    }

    /// As the table of classes and their bar show them.
    static let classes = PairClass.allCases as [PairClass?] + [nil]

    private mutating func queue(_ queue: LiveState.Queue?) {
        texts["queue-depth"] = queue.map { Numbers.count($0.depth) } ?? "-"
        texts["queue-limit"] = queue.map { "of \(Numbers.count($0.limit)) at most" } ?? ""
        texts["queue-oldest"] = Self.duration(queue?.oldestSeconds)
        texts["queue-skipped"] = queue.map { Numbers.count($0.skipped) } ?? "-"
        let filled = BarSegment(name: "depth", part: queue?.depth ?? 0, of: queue?.limit ?? 0)
        bars["queue"] = [filled]
        if filled.width >= 90 { alarms.insert("queue") }
        if let queue, queue.skipped > 0 { alarms.insert("skipped") }
    }

    // MARK: - Numbers

    /// Seconds in words; `-` where there are none.
    private static func duration(_ seconds: Double?) -> String {
        guard let seconds, seconds.isFinite, (0..<1e12).contains(seconds) else { return "-" }
        return Numbers.duration(seconds)
    }

    private static func rate(_ requests: Int, in seconds: Double) -> String {
        guard seconds > 0, seconds.isFinite else { return "none yet" }
        let rate = Double(requests) / seconds
        if rate >= 10 { return "\(Numbers.count(Int(min(rate, 1e12).rounded()))) a second on average" }
        if rate > 0, rate < 0.05 { return "less than 0.1 a second on average" }
        return "\(Numbers.decimal(rate, digits: 1)) a second on average"
    }
}

extension EvidenceSummary {
    /// What is judged so far, taken for itself: as long as a mirror runs some pair is open, and a verdict that waits for
    /// it would come and go with each request.
    var soFar: EvidenceSummary {
        var summary = self
        summary.verdict.open = 0
        if verdict.verdict == .notEnoughEvidence, verdict.judgedGuarantees > 0, verdict.thinStrata.isEmpty,
            verdict.bound <= verdict.rules.maximumRate
        {
            summary.verdict.verdict = .ready
        }
        return summary
    }
}

import Comparison
import Evidence
import Foundation
import GuaranteeAdapter
import GuaranteeClients
import PrometheusMetrics
import Reports
import Synchronization

/// What the live page and the metrics tell of a gateway now.
struct LiveFeed: Sendable {
    /// Who is asked.
    struct Side: Sendable {
        var name: String
        var address: String
        var api: GuaranteeAPI
    }

    let version: String
    let startedAt: Date
    let sides: [Side]
    let load: ServerLoad
    let registry: PrometheusRegistry
    let notices: [String]
    /// Questions that clients were told to ask about later.
    let pending: @Sendable () async -> Int
    let mirror: MirrorParts?
    let accessLog: AccessLog?
    /// How many were pending when somebody asked last.
    let lastPending = LastCount()
    let time: Timekeeper
    private let evidence: EvidenceWatch?

    init(
        version: String, sides: [Side], load: ServerLoad, registry: PrometheusRegistry, notices: [String],
        pending: @escaping @Sendable () async -> Int, mirror: MirrorParts?, accessLog: AccessLog?, time: Timekeeper
    ) {
        self.version = version
        self.sides = sides
        self.load = load
        self.registry = registry
        self.notices = notices
        self.pending = pending
        self.mirror = mirror
        self.accessLog = accessLog
        self.time = time
        evidence = mirror.map { EvidenceWatch($0.evidence) }
        startedAt = time.date()
    }

    func state() async -> LiveState {
        var state = LiveState(
            version: version, mode: mirror == nil ? .gateway : .mirror, startedAt: startedAt, now: time.date())
        state.requests = Int(registry.count(GatewayObserver.requests))
        state.inFlight = load.inFlight
        state.connections = load.connections
        state.statuses = registry.counts(GatewayObserver.requests, by: "status").compactMap { value, count in
            Int(value).map { ($0, Int(count)) }
        }
        state.refusedForLoad = load.refused
        state.pending = await countPending()
        state.overhead = registry.timing(GatewayObserver.overhead).map { ($0.median, $0.p99) }
        state.sides = sides.map(side)
        state.notices = notices
        if let mirror {
            let standing = mirror.recorder.standing
            state.queue = LiveState.Queue(
                depth: standing.depth, limit: mirror.recorder.queueLimit,
                oldestSeconds: standing.oldest.map { time.date().timeIntervalSince($0) }, skipped: standing.skipped)
        }
        if let known = await evidence?.current() {
            state.summary = known.summary
            state.differences = known.differences
        }
        return state
    }

    /// Looks up what can't be looked up while the metrics are written.
    @discardableResult
    func countPending() async -> Int {
        lastPending.value = await pending()
        return lastPending.value
    }

    private func side(_ side: Side) -> LiveState.Side {
        let calls = registry.counts("nctsbridge_client_calls", by: "outcome", where: [("api", side.api.rawValue)])
        let timing = registry.timing("nctsbridge_client_duration", where: [("api", side.api.rawValue)])
        var answered = 0
        var failed = 0
        for (ending, count) in calls {
            if Int(ending) == nil { failed += Int(count) } else { answered += Int(count) }
        }
        return LiveState.Side(
            name: side.name, address: side.address, calls: answered + failed, failures: failed,
            median: timing?.median, p99: timing?.p99)
    }
}

/// A number that one writes and another reads.
final class LastCount: Sendable {
    private let number = Atomic(0)

    var value: Int {
        get { number.load(ordering: .relaxed) }
        set { number.store(newValue, ordering: .relaxed) }
    }
}

/// The evidence in numbers, read anew no more often than it is worth: the more there is, the longer that takes.
private actor EvidenceWatch {
    struct Known: Sendable {
        var summary: EvidenceSummary
        var differences: [LiveState.Difference]
    }

    private let evidence: SQLiteEvidence
    private var known: Known?
    private var next = ContinuousClock.now
    private var isReading = false

    init(_ evidence: SQLiteEvidence) {
        self.evidence = evidence
    }

    func current() async -> Known? {
        guard ContinuousClock.now >= next, !isReading else { return known }
        isReading = true
        defer { isReading = false }
        let start = ContinuousClock.now
        if let summary = try? await evidence.summary(),
            let pairs = try? await evidence.latestPairs(
                of: [.different, .drifted, .explained], limit: LiveState.mostDifferences)
        {
            known = Known(summary: summary, differences: pairs.map { LiveState.Difference($0) })
        }
        next = .now + max(.seconds(1), (ContinuousClock.now - start) * 20)
        return known
    }
}

extension LiveState.Difference {
    fileprivate init(_ pair: EvidencePair) {
        let what = [pair.v1, pair.v2].map { $0?.exchange?.meaning?.words ?? $0?.why ?? "no answer" }
        self.init(
            pair: pair.number, at: pair.judgedAt ?? Date(timeIntervalSince1970: 0), grn: pair.question.grn,
            pairClass: pair.judgement?.pairClass ?? .different, what: "v1.0: \(what[0]); v2.0: \(what[1])")
    }
}

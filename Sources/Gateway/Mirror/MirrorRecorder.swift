import Comparison
import DualRun
import Evidence
import Foundation
import GuaranteeAdapter
import GuaranteeClients
import Logging
import Metrics
import ServiceLifecycle
import Synchronization
import Translation

/// Takes what a mirror saw into the evidence, and has v2.0 asked for the other half of each pair.
final class MirrorRecorder: Service {
    private let run: MirroredRun
    private let store: GatewayStore
    private let sealing: Sealing
    private let pacing: PacingGate
    private let shadows: ShadowAsker
    private let options: Options
    private let checks: RequestChecks
    private let time: Timekeeper
    private let metrics: any MetricsFactory
    private let logger: Logger
    private let observations: AsyncStream<Mirror.Observation>
    private let inlet: AsyncStream<Mirror.Observation>.Continuation
    private let state = Mutex(State())

    struct Options: Sendable {
        /// How many pairs may wait for v2.0.
        var queueLimit = 10_000
        /// How long v1.0 keeps a pending answer.
        var pendingKept = Duration.seconds(3600)
        var lock = Duration.seconds(60)
    }

    private struct State {
        /// Pairs that wait for v2.0.
        var queued: [Int: Date] = [:]
        /// Pairs that wait for v1.0's answer, by its id.
        var pending: [String: Int] = [:]
        var skipped = 0
        var unrecorded = 0
    }

    /// How many requests may wait to be recorded: what comes above is counted and not recorded.
    private static let backlog = 10_000

    init(
        _ run: MirroredRun, store: GatewayStore, sealing: Sealing, pacing: PacingGate, shadows: ShadowAsker,
        options: Options, codec: ExchangeCodec, time: Timekeeper, metrics: any MetricsFactory, logger: Logger
    ) {
        self.run = run
        self.store = store
        self.sealing = sealing
        self.pacing = pacing
        self.shadows = shadows
        self.options = options
        self.time = time
        self.metrics = metrics
        self.logger = logger
        checks = RequestChecks(codec)
        (observations, inlet) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.backlog))
    }

    /// How the queue stands: for the page and the metrics.
    struct Standing: Sendable {
        var depth: Int
        var oldest: Date?
        /// Pairs among them whose client was told to ask for the answer later.
        var pending: Int
        /// Pairs for which v2.0 was not asked, since too many waited.
        var skipped: Int
        /// Requests that were not recorded at all, since too many waited for that.
        var unrecorded: Int
    }

    var queueLimit: Int { options.queueLimit }

    var standing: Standing {
        state.withLock { state in
            Standing(
                depth: state.queued.count, oldest: state.queued.values.min(), pending: state.pending.count,
                skipped: state.skipped, unrecorded: state.unrecorded)
        }
    }

    /// Never waits.
    func observe(_ observation: Mirror.Observation) {
        if case .enqueued = inlet.yield(observation) { return }
        // Too many wait for that, or the mirror has ended.
        state.withLock { $0.unrecorded += 1 }
        logger.error("a request was not recorded: there was no room for it")
    }

    // MARK: - The service

    func run() async throws {
        await withDiscardingTaskGroup { group in
            await resume(&group)
            group.addTask { [self] in
                await cancelWhenGracefulShutdown { [self] in await expire() }
            }
            await withGracefulShutdownHandler {
                for await observation in observations { await take(observation, &group) }
            } onGracefulShutdown: { [inlet, shadows] in
                // What was seen is still recorded; what waits for v2.0 waits for the next process.
                shadows.stop()
                inlet.finish()
            }
        }
    }

    /// Goes on with the pairs that an earlier process left.
    private func resume(_ group: inout DiscardingTaskGroup) async {
        do {
            let waiting = try await store.waiting()
            let open = Set(try await run.openPairs())
            // Calls of the earlier process may hold any lock.
            if !open.isEmpty { await pacing.hold(for: options.lock + .seconds(2)) }
            for entry in waiting where !open.contains(entry.pair) { try await store.dequeue(entry.pair) }
            for pair in open.subtracting(waiting.map(\.pair)).sorted() {
                // Without its question nothing more can be asked: it is judged by what it has.
                try await run.giveUp(.v1, pair, why: "its answer was pending when an earlier process ended")
                schedule(pair, since: time.date(), &group)
            }
            for entry in waiting where open.contains(entry.pair) {
                if let id = entry.balanceID, try await run.state(of: entry.pair) == .needsV1 {
                    state.withLock { state in
                        state.queued[entry.pair] = entry.since
                        state.pending[id] = entry.pair
                    }
                } else {
                    schedule(entry.pair, since: entry.since, &group)
                }
            }
        } catch {
            logger.error("pairs of an earlier process can't be gone on with", metadata: ["why": "\(error)"])
        }
    }

    /// Gives up v1.0's answers that nobody asked for while v1.0 kept them.
    private func expire() async {
        while !Task.isCancelled {
            do { try await time.sleep(.seconds(60)) } catch { return }
            let oldest = time.date().addingTimeInterval(-options.pendingKept.inSeconds - 60)
            let late = state.withLock { state in
                state.pending.filter { entry in state.queued[entry.value].map { $0 < oldest } ?? true }
            }
            for (id, pair) in late {
                _ = state.withLock { $0.pending.removeValue(forKey: id) }
                do {
                    try await finish(
                        pair, without: .v1, why: "the client did not ask for the answer while v1.0 kept it")
                } catch { report(error, pair) }
            }
        }
    }

    // MARK: - One observation

    private func take(_ observation: Mirror.Observation, _ group: inout DiscardingTaskGroup) async {
        let token = BearerToken(of: observation.request)
        let question = self.question(in: observation, token)
        // Whatever it was, it was a call of the application.
        await pacing.recall(
            PacedCall(api: .v1, user: sealing.name(of: token), grn: question?.guarantees.first?.grn.text),
            sent: observation.exchange.sentAt, finished: time.date())
        do {
            switch observation.route?.kind {
            case .query?:
                if let question { try await take(question, observation, &group) } else { count("not-a-question") }
            case nil: break
            default: try await takeState(observation, &group)
            }
        } catch {
            state.withLock { $0.unrecorded += 1 }
            logger.error("a request was not recorded", metadata: ["why": "\(error)"])
        }
    }

    /// The question that a request puts; nil where v1.0 could not read it as one: v2.0 can't be asked it either.
    private func question(in observation: Mirror.Observation, _ token: BearerToken?) -> BalanceQuestion? {
        guard observation.route?.kind == .query, case .success(let body) = checks.body(of: observation.request),
            case .success(let query) = checks.v1Query(in: body), query.guarantees.first?.grn != nil,
            query.guarantees.first?.accessCode != nil
        else { return nil }
        return BalanceQuestion(query, .json, token: token)
    }

    private func take(
        _ question: BalanceQuestion, _ observation: Mirror.Observation, _ group: inout DiscardingTaskGroup
    ) async throws {
        guard let asked = question.guarantees.first else { return }
        let dualQuestion = DualRunQuestion(grn: asked.grn, accessCode: asked.accessCode, tin: question.tin)
        let (pair, worth) = try await run.take(dualQuestion, observation.exchange, token: question.token)
        let since = observation.exchange.sentAt
        switch worth {
        case .inconclusive:
            try await finish(pair, without: .v2, why: "v1.0 said nothing about the guarantee, and it was not asked")
        case .conclusive:
            guard try await keep(pair, question, since: since, pendingAs: nil) else { return }
            schedule(pair, since: since, &group)
        case .pending(let id):
            let id = id.lowercased()
            guard try await keep(pair, question, since: since, pendingAs: id) else { return }
            if let other = state.withLock({ $0.pending.updateValue(pair, forKey: id) }) {
                try await finish(other, without: .v1, why: "its answer was promised to another question, too")
            }
        }
        count("recorded")
    }

    /// Puts a pair among those that wait.
    ///
    /// - Returns: whether it does; else it is judged by what it has.
    private func keep(
        _ pair: Int, _ question: BalanceQuestion, since: Date, pendingAs id: String?
    ) async throws -> Bool {
        let side = id == nil ? EvidenceSide.v2 : .v1
        let isFull = state.withLock { state in
            guard state.queued.count >= options.queueLimit else {
                state.queued[pair] = since
                return false
            }
            state.skipped += 1
            return true
        }
        guard !isFull else {
            count("skipped")
            try await finish(pair, without: side, why: "too many pairs waited for it")
            return false
        }
        do {
            let sealed = try sealing.sealed(question, id: "pair \(pair)")
            try await store.enqueue(ShadowEntry(pair: pair, since: since, balanceID: id, question: sealed))
            return true
        } catch {
            report(error, pair)
            count("recorded")
            try await finish(pair, without: side, why: "its question could not be kept")
            return false
        }
    }

    private func takeState(_ observation: Mirror.Observation, _ group: inout DiscardingTaskGroup) async throws {
        guard let id = observation.route?.named?.lowercased(), let pair = state.withLock({ $0.pending[id] }),
            let entry = try await store.shadow(of: pair)
        else { return }
        let question = try sealing.question(entry.question, id: "pair \(pair)")
        guard let asked = question.guarantees.first else { return }
        let dualQuestion = DualRunQuestion(grn: asked.grn, accessCode: asked.accessCode, tin: question.tin)
        switch try await run.takeLater(observation.exchange, pair: pair, dualQuestion, token: question.token) {
        case .conclusive:
            _ = state.withLock { $0.pending.removeValue(forKey: id) }
            schedule(pair, since: entry.since, &group)
        case .pending, .inconclusive: break
        }
    }

    private func schedule(_ pair: Int, since: Date, _ group: inout DiscardingTaskGroup) {
        state.withLock { $0.queued[pair] = since }
        group.addTask { [self] in
            while !shadows.isStopped {
                do {
                    guard try await shadows.complete(pair, since: since) else { return }
                    return try await conclude(pair)
                } catch {
                    report(error, pair)
                    // The disk may be full now and have room later: what was to be asked is still to be asked.
                    do { try await shadows.pause() } catch { return }
                }
            }
        }
    }

    /// Judges a pair by what it has.
    private func finish(_ pair: Int, without side: EvidenceSide, why: String) async throws {
        try await run.giveUp(side, pair, why: why)
        try await conclude(pair)
    }

    private func conclude(_ pair: Int) async throws {
        if let pairClass = try await run.conclude(pair) {
            Counter(
                label: "nctsbridge_mirror_pairs", dimensions: [("class", pairClass.rawValue)], factory: metrics
            ).increment()
        }
        try await store.dequeue(pair)
        _ = state.withLock { $0.queued.removeValue(forKey: pair) }
    }

    private func count(_ what: String) {
        Counter(label: "nctsbridge_mirror_requests", dimensions: [("outcome", what)], factory: metrics).increment()
    }

    private func report(_ error: any Error, _ pair: Int) {
        logger.error("a pair can't be completed", metadata: ["pair": "\(pair)", "why": "\(error)"])
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

import Comparison
import Evidence
import Foundation
import GuaranteeClients
import Translation

/// A run in which a side, or both, are asked: many pairs at once, each at its own pace.
struct LiveRun {
    private let run: DualRun
    private let question: @Sendable (Int) -> DualRunQuestion?
    private let worker: PairWorker

    init(_ run: DualRun, _ question: @Sendable @escaping (Int) -> DualRunQuestion?) {
        self.run = run
        self.question = question
        worker = PairWorker(run, question)
    }

    /// What came of a task.
    private enum Ending: Sendable {
        case pair(PairQueue.Entry, PairWorker.Result)
        /// The wait for a moment is over, or the time to tell of progress has come.
        case time
    }

    func run() async throws(EvidenceError) -> StopReason? {
        try await recall()
        try await run.evidence.pairRecordings(of: Set(EvidenceSide.allCases.filter { !run.side($0).isLive }))
        var progress = DualRunProgress()
        progress.pairs = try await run.evidence.pairCount()
        progress.classes = try await run.evidence.classCounts()
        return await work(try await queue(), progress)
    }

    // MARK: - Before the first call

    /// Tells pacing of calls of earlier processes: their locks and quotas still count.
    private func recall() async throws(EvidenceError) {
        let limits = run.options.limits
        let reach = max(limits.day, limits.lock + limits.lockMargin) + limits.lock + limits.lockMargin
        let now = run.time.date()
        let calls = try await run.evidence.calls(since: now.addingTimeInterval(-reach.inSeconds))
        for call in calls {
            guard let question = question(call.pair),
                let user = run.side(call.side).client(for: question.user)?.user
            else { continue }
            let takesLock = call.method == "POST"
            let paced = PacedCall(
                api: call.side == .v1 ? .v1 : .v2, user: user, grn: takesLock ? question.grn.text : nil,
                eori: takesLock && call.side == .v1 ? question.tin : nil)
            // What nobody saw the end of may have arrived until just now.
            await run.pacing.recall(
                paced, sent: call.sentAt, finished: call.seconds.map { call.sentAt.addingTimeInterval($0) } ?? now)
        }
    }

    /// The open pairs, those that were under way first: one of their answers is there, and gets older.
    private func queue() async throws(EvidenceError) -> PairQueue {
        var begun: [PairQueue.Entry] = []
        var rest: [PairQueue.Entry] = []
        var first = 1
        while true {
            let pairs = try await run.evidence.openPairs(from: first, limit: DualRun.batch)
            guard let last = pairs.last else { break }
            for pair in pairs {
                let isBegun = EvidenceSide.allCases.contains { run.side($0).isLive && pair.outcome($0) != nil }
                if isBegun { begun.append(entry(pair)) } else { rest.append(entry(pair)) }
            }
            first = last.number + 1
        }
        var queue = PairQueue()
        for entry in begun + rest { queue.add(entry) }
        return queue
    }

    private func entry(_ pair: EvidencePair) -> PairQueue.Entry {
        let question = question(pair.number)
        let user = (run.v1.client(for: question?.user) ?? run.v2.client(for: question?.user))?.user ?? ""
        return PairQueue.Entry(
            number: pair.number, lock: "\(user)\n\(pair.question.grn)",
            eori: run.v1.isLive && pair.v1 == nil ? question?.tin : nil)
    }

    // MARK: - The run itself

    private func work(_ open: PairQueue, _ progress: DualRunProgress) async -> StopReason? {
        let start = run.time.elapsed()
        return await withTaskGroup(of: Ending.self) { group -> StopReason? in
            var queue = open
            var progress = progress
            var reason: StopReason?
            /// Pairs under way but those that wait for a second look, which is in no hurry.
            var hurried = 0
            var isTimed = false
            while true {
                var wait = Duration.seconds(1)
                while reason == nil, !run.stopSwitch.isStopped, hurried < run.options.window {
                    let step = await next(&queue)
                    guard case .open(let entry) = step else {
                        if case .wait(let until) = step { wait = min(wait, max(until - run.time.elapsed(), .zero)) }
                        break
                    }
                    hurried += 1
                    progress.underWay += 1
                    group.addTask { [worker] in .pair(entry, await worker.answers(of: entry.number)) }
                }
                let isOver = progress.underWay == 0 && (queue.count == 0 || reason != nil || run.stopSwitch.isStopped)
                if isOver { break }
                // A run that was stopped waits for what is in flight, and for no moment.
                if !isTimed, !run.stopSwitch.isStopped {
                    isTimed = true
                    let pause = max(wait, .milliseconds(50))
                    group.addTask { [run] in
                        try? await run.stopSwitch.heeding(run.time).sleep(pause)
                        return .time
                    }
                }
                guard let ending = await group.next() else { break }
                progress.elapsed = run.time.elapsed() - start
                switch ending {
                case .time: isTimed = false
                case .pair(let entry, .needsSecondLook):
                    hurried -= 1
                    queue.settleQuota(of: entry)
                    queue.reserve(entry)
                    group.addTask { [worker] in .pair(entry, await worker.secondLook(at: entry.number)) }
                case .pair(let entry, let result):
                    if !result.isAfterSecondLook { hurried -= 1 }
                    queue.settleQuota(of: entry)
                    queue.close(entry)
                    progress.underWay -= 1
                    if let pairClass = result.pairClass {
                        progress.classes[pairClass, default: 0] += 1
                        progress.judgedNow += 1
                    }
                    if let stopped = result.stopReason {
                        reason = reason == nil || reason == .interrupted ? stopped : reason
                        run.stopSwitch.stop()
                    }
                }
                progress.calls = await run.pacing.counts
                run.onProgress(progress)
            }
            group.cancelAll()
            return reason ?? (queue.count > 0 ? .interrupted : nil)
        }
    }

    private func next(_ queue: inout PairQueue) async -> PairQueue.Step {
        // Pacing is asked between the steps: the queue itself waits for nobody.
        var quotas: [String: PairQueue.Quota] = [:]
        while true {
            let step = queue.next(at: run.time.elapsed()) { quotas[$0] }
            guard case .needsQuota(let eori) = step else { return step }
            let (left, nextAt) = await run.pacing.quotaLeft(of: eori)
            quotas[eori] = PairQueue.Quota(left: left, nextAt: nextAt)
        }
    }
}

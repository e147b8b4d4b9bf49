import Comparison
import Evidence
import Foundation
import GuaranteeClients

/// A run on recordings alone: as fast as they can be read, with no more of them in memory than a batch.
struct RecordedRun {
    private let run: DualRun
    private let workers: Int

    init(_ run: DualRun, workers: Int = ProcessInfo.processInfo.activeProcessorCount) {
        self.run = run
        self.workers = max(workers, 1)
    }

    func run() async throws(EvidenceError) -> StopReason? {
        var progress = DualRunProgress()
        progress.pairs = try await run.evidence.pairCount()
        progress.classes = try await run.evidence.classCounts()
        let start = run.time.elapsed()
        try await run.evidence.pairRecordings(of: Set(EvidenceSide.allCases))
        var first = 1
        while !run.stopSwitch.isStopped {
            let numbers = try await run.evidence.openNumbers(from: first, limit: DualRun.batch)
            guard let last = numbers.last else { return nil }
            let pairs = try await run.evidence.openPairs(from: first, limit: numbers.count)
            let judgements = await judge(pairs)
            try await run.evidence.judge(judgements, at: run.time.date())
            for (_, judgement) in judgements { progress.classes[judgement.pairClass, default: 0] += 1 }
            progress.judgedNow += judgements.count
            progress.elapsed = run.time.elapsed() - start
            run.onProgress(progress)
            first = last + 1
        }
        return .interrupted
    }

    /// Judges pairs on all cores, each worker a stretch of them.
    private func judge(_ pairs: [EvidencePair]) async -> [(pair: Int, judgement: Judgement)] {
        let size = (pairs.count + workers - 1) / workers
        return await withTaskGroup(of: (Int, [(pair: Int, judgement: Judgement)]).self) { group in
            for start in stride(from: 0, to: pairs.count, by: max(size, 1)) {
                let part = pairs[start..<min(start + size, pairs.count)]
                group.addTask { [run] in
                    let reader = AnswerReader(run.codec)
                    return (start, part.map { ($0.number, run.judgement(of: $0, reader)) })
                }
            }
            var parts: [(Int, [(pair: Int, judgement: Judgement)])] = []
            for await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }
}

extension DualRun {
    /// The judgement of a pair that both sides have brought something for.
    func judgement(of pair: EvidencePair, _ reader: AnswerReader) -> Judgement { judge.judgement(of: pair, reader) }
}

import Foundation
import Translation

/// The workers of a run.
struct ConvertCrew {
    let mappings: MappingSet
    let options: ConvertOptions
    let pairs: QueryIndex?
    let remainders: RemainderSource?
    /// How many chunks are converted at once.
    let workers: Int

    private enum Step: Sendable {
        /// What comes next; nil behind the last record.
        case read(Chunk?)
        case converted(ConvertedChunk, number: Int, by: ConvertWorker)
    }

    /// Converts chunks while others are read and written, and no more than a few of them are under way.
    ///
    /// - Parameter take: gets them in their order.
    func convert(_ chunks: ChunkReader, take: (ConvertedChunk) throws -> Void) async throws {
        // Where all cores are busy another chunk waits for the first that is free: no core waits for work.
        let atOnce = workers > 1 && workers >= ProcessInfo.processInfo.activeProcessorCount ? workers + 1 : workers
        try await withThrowingTaskGroup(of: Step.self) { group in
            var (idle, hired) = ([ConvertWorker](), 0)
            var (started, taken) = (0, 0)
            var waiting: [Int: ConvertedChunk] = [:]
            var ready: Chunk?
            var (isReading, isOver) = (false, false)
            func go() {
                // A slow chunk holds the others up rather than letting them pile up in memory.
                if hired < atOnce || !idle.isEmpty, started - taken < workers * 4, let chunk = ready {
                    if idle.isEmpty {
                        idle.append(worker())
                        hired += 1
                    }
                    let (worker, number) = (idle.removeLast(), started)
                    group.addTask { .converted(await worker.convert(chunk), number: number, by: worker) }
                    ready = nil
                    started += 1
                }
                // One worker alone keeps to one core.
                if ready == nil, !isReading, !isOver, workers > 1 || idle.count == hired {
                    group.addTask { .read(await chunks.next()) }
                    isReading = true
                }
            }
            go()
            while let step = try await group.next() {
                switch step {
                case .read(let chunk):
                    isReading = false
                    isOver = chunk == nil
                    ready = chunk
                case .converted(let chunk, let number, let worker):
                    idle.append(worker)
                    waiting[number] = chunk
                }
                if workers > 1 { go() }
                while let next = waiting.removeValue(forKey: taken) {
                    taken += 1
                    try take(next)
                }
                go()
            }
        }
    }

    private func worker() -> ConvertWorker {
        ConvertWorker(mappings: mappings, options: options, pairs: pairs, remainders: remainders)
    }
}

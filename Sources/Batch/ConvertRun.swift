import Foundation
package import Translation

/// Converts the records of an input: read in order, converted by several workers, written in order, all at the same time.
///
/// Only a few chunks of records are under way at once, so memory does not grow with the input.
package struct ConvertRun: Sendable {
    private let mappings: MappingSet
    private let options: ConvertOptions
    private let input: InputOptions
    private let workers: Int
    private let remainders: RemainderSource?
    private let pairs: QueryIndex?

    /// - Parameters:
    ///   - workers: how many records are converted at once; the output is the same for any number.
    ///   - remainders: the remainder of the records, where it is the way back.
    ///   - pairs: the queries that answers may belong to.
    package init(
        mappings: MappingSet, options: ConvertOptions, input: InputOptions, workers: Int,
        remainders: RemainderSource? = nil, pairs: QueryIndex? = nil
    ) {
        self.mappings = mappings
        self.options = options
        self.input = input
        self.workers = max(1, workers)
        self.remainders = remainders
        self.pairs = pairs
    }

    /// How far a run has come.
    package struct Progress: Sendable {
        package var records = 0
        package var bytes = 0
    }

    private enum Step: Sendable {
        /// What comes next; nil behind the last record.
        case read(Chunk?)
        case converted(ConvertedChunk, number: Int, by: ConvertWorker)
    }

    /// - Parameters:
    ///   - checkpoint: how far an earlier run came, or how a first one begins; nil: none is kept.
    ///   - save: keeps a checkpoint.
    ///   - progress: called after each chunk that was written.
    /// - Returns: the counts of the run, and the files that it wrote.
    package func run(
        _ files: [InputFile], outputs: RunOutputs, checkpoint: Checkpoint? = nil,
        save: (Checkpoint) throws -> Void = { _ in }, progress: (Progress) -> Void = { _ in }
    ) async throws -> (tally: Tally, written: [WrittenFile]) {
        let sink = try RecordSink(
            outputs, target: options.translation.target, goingOnAt: checkpoint?.outputs ?? [:],
            withoutOutput: checkpoint?.withoutOutput ?? [])
        let chunks = ChunkReader(
            files: files, input: input, emit: options.emit, remainders: remainders, mirrors: outputs.mirrors,
            interval: checkpoint?.interval ?? .max)
        var tally = Tally(checkpoint?.tally ?? Tally.Stored())
        var finished = checkpoint?.records ?? 0
        while let passed = await chunks.pass(upTo: finished) { sink.pass(passed.record, as: passed.form) }
        try sink.goOn(at: checkpoint?.outputs ?? [:])
        var state = Progress()
        try await withThrowingTaskGroup(of: Step.self) { group in
            // Where all cores are busy another chunk waits for the first that is free: no core waits for work.
            let atOnce = workers > 1 && workers >= ProcessInfo.processInfo.activeProcessorCount ? workers + 1 : workers
            var (started, written) = (0, 0)
            var waiting: [Int: ConvertedChunk] = [:]
            var (idle, hired) = ([ConvertWorker](), 0)
            var ready: Chunk?
            var (isReading, isOver) = (false, false)
            func go() {
                // A slow chunk holds the others up rather than letting them pile up in memory.
                if hired < atOnce || !idle.isEmpty, started - written < workers * 4, let chunk = ready {
                    if idle.isEmpty {
                        idle.append(
                            ConvertWorker(
                                mappings: mappings, options: options, pairs: pairs, remainders: remainders))
                        hired += 1
                    }
                    let (worker, number) = (idle.removeLast(), started)
                    group.addTask { .converted(await worker.convert(chunk), number: number, by: worker) }
                    ready = nil
                    started += 1
                }
                // What comes next is read while others are converted and written; one worker alone keeps to one core.
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
                while let next = waiting.removeValue(forKey: written) {
                    written += 1
                    for (item, result) in zip(next.chunk.items, next.results) {
                        try sink.take(result, of: item.record, as: item.form)
                    }
                    tally.add(next.tally)
                    state.records += next.results.count
                    state.bytes += next.chunk.bytes
                    finished += next.results.count
                    if var checkpoint, finished.isMultiple(of: checkpoint.interval) {
                        let settled = try sink.settle()
                        checkpoint.outputs = settled.lengths
                        checkpoint.withoutOutput = settled.withoutOutput
                        checkpoint.records = finished
                        checkpoint.tally = tally.stored
                        try save(checkpoint)
                    }
                    progress(state)
                }
                go()
            }
        }
        return (tally, try sink.finish())
    }
}

extension RunOutputs {
    var mirrors: Bool {
        if case .folder = output { true } else { false }
    }
}

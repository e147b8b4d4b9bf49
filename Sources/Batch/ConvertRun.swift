import Foundation
package import Translation

/// Converts the records of an input: read in order, converted by several workers, written in order.
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

    private struct Item: Sendable {
        var record: InputRecord
        var surroundings: RecordSurroundings
        var form: OutputForm
    }

    private struct Chunk: Sendable {
        var items: [Item] = []
        var bytes = 0

        var isFull: Bool { items.count >= 256 || bytes >= 1 << 20 }
    }

    private struct Done: Sendable {
        var number: Int
        var chunk: Chunk
        var results: [RecordResult]
        var tally: Tally
    }

    /// - Parameter progress: called after each chunk that was written.
    /// - Parameters:
    ///   - checkpoint: how far an earlier run came, or how a first one begins; nil: none is kept.
    ///   - save: keeps a checkpoint.
    /// - Returns: the counts of the run, and the files that it wrote.
    package func run(
        _ files: [InputFile], outputs: RunOutputs, checkpoint: Checkpoint? = nil,
        save: (Checkpoint) throws -> Void = { _ in }, progress: (Progress) -> Void = { _ in }
    ) async throws -> (tally: Tally, written: [WrittenFile]) {
        let sink = try RecordSink(
            outputs, target: options.translation.target, goingOnAt: checkpoint?.outputs ?? [:],
            withoutOutput: checkpoint?.withoutOutput ?? [])
        let chunks = ChunkReader(
            files: files, run: self, mirrors: outputs.mirrors, interval: checkpoint?.interval ?? .max)
        var tally = Tally(checkpoint?.tally ?? Tally.Stored())
        var finished = checkpoint?.records ?? 0
        chunks.skip(finished) { sink.pass($0, as: $1) }
        try sink.goOn(at: checkpoint?.outputs ?? [:])
        var state = Progress()
        let masker = Masker(mappings)
        let plain = PlainSources(mappings: mappings, masker: masker, options: options.fullTranslation)
        try await withThrowingTaskGroup(of: Done.self) { group in
            var started = 0
            var running = 0
            var waiting: [Int: Done] = [:]
            var written = 0
            // What comes next is read while others are converted, and where all cores are busy another waits for the first
            // that is free: no core waits for work. One worker alone keeps to one core.
            let atOnce = workers > 1 && workers >= ProcessInfo.processInfo.activeProcessorCount ? workers + 1 : workers
            var ahead: Chunk?
            func start() {
                // A slow chunk holds the others up rather than letting them pile up in memory.
                while running < atOnce, started - written < workers * 4, let chunk = ahead ?? chunks.next() {
                    let number = started
                    group.addTask { self.convert(chunk, number: number, masker: masker, plain: plain) }
                    started += 1
                    running += 1
                    ahead = workers > 1 ? chunks.next() : nil
                }
            }
            start()
            while let done = try await group.next() {
                running -= 1
                waiting[done.number] = done
                start()
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
                start()
            }
        }
        return (tally, try sink.finish())
    }

    private func convert(_ chunk: Chunk, number: Int, masker: Masker, plain: PlainSources) -> Done {
        var tally = Tally()
        let converter = RecordConverter(
            mappings: mappings, masker: masker, options: options, pairs: pairs, remainders: remainders,
            plain: plain)
        let results = chunk.items.map { item in
            converter.convert(item.record, item.surroundings, as: item.form, into: &tally)
        }
        tally.settle(plain.all)
        return Done(number: number, chunk: chunk, results: results, tally: tally)
    }

    /// Reads the input in chunks, each record with what is known of it.
    private final class ChunkReader {
        private var files: ArraySlice<InputFile>
        private let run: ConvertRun
        private let mirrors: Bool
        /// A chunk ends where a checkpoint may be taken.
        private let interval: Int
        private var read = 0
        private var reader: RecordReader?
        private var lines: RemainderLines?
        private var linesAreOwn = false
        private var count = 0

        init(files: [InputFile], run: ConvertRun, mirrors: Bool, interval: Int) {
            self.interval = interval
            self.files = files[...]
            self.run = run
            self.mirrors = mirrors
            count = run.input.part?.firstRecord ?? 0
        }

        func next() -> Chunk? {
            var chunk = Chunk()
            while !chunk.isFull, chunk.items.isEmpty || !read.isMultiple(of: interval), var record = nextRecord() {
                record.number = count
                count += 1
                read += 1
                var surroundings = RecordSurroundings()
                if run.remainders != nil {
                    surroundings.needsRemainder = true
                    surroundings.hasRemainderOfItsOwn = record.container == .file && linesAreOwn
                    surroundings.remainderLine = record.failure == nil ? lines?.next() : nil
                }
                chunk.bytes += record.payload.bytes.count
                chunk.items.append(Item(record: record, surroundings: surroundings, form: form(of: record)))
            }
            return chunk.items.isEmpty ? nil : chunk
        }

        /// Passes over what an earlier run has done.
        func skip(_ records: Int, _ body: (InputRecord, OutputForm) -> Void) {
            while read < records, let record = nextRecord() {
                body(record, form(of: record))
                if run.remainders != nil { _ = lines?.next() }
                count += 1
                read += 1
            }
        }

        /// A file that is one message becomes one, where the output mirrors the input; all else is lines.
        private func form(of record: InputRecord) -> OutputForm {
            let isMirrored = mirrors && record.container == .file
            return switch run.options.emit {
            case .record?: .record
            case .message?, .body?: isMirrored ? .document : .line
            case nil: isMirrored ? .document : .record
            }
        }

        private func nextRecord() -> InputRecord? {
            while true {
                if let record = reader?.next() { return record }
                guard let file = files.popFirst() else { return nil }
                reader = RecordReader(file, options: run.input)
                lines = run.remainders?.lines(for: file, lines)
                linesAreOwn = run.remainders?.isOwn(file) ?? false
            }
        }
    }
}

extension RunOutputs {
    var mirrors: Bool {
        if case .folder = output { true } else { false }
    }
}

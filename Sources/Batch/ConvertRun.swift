package import Translation

/// Converts the records of an input: read in order, converted by several workers, written in order, all at the same time.
///
/// Only a few chunks of records are under way at once, so memory does not grow with the input.
package struct ConvertRun: Sendable {
    private let crew: ConvertCrew
    private let input: InputOptions

    /// - Parameters:
    ///   - workers: how many records are converted at once; the output is the same for any number.
    ///   - remainders: the remainder of the records, where it is the way back.
    ///   - pairs: the queries that answers may belong to.
    package init(
        mappings: MappingSet, options: ConvertOptions, input: InputOptions, workers: Int,
        remainders: RemainderSource? = nil, pairs: QueryIndex? = nil
    ) {
        crew = ConvertCrew(
            mappings: mappings, options: options, pairs: pairs, remainders: remainders, workers: max(1, workers))
        self.input = input
    }

    /// How far a run has come.
    package struct Progress: Sendable {
        package var records = 0
        package var bytes = 0
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
            outputs, target: crew.options.translation.target, goingOnAt: checkpoint?.outputs ?? [:],
            withoutOutput: checkpoint?.withoutOutput ?? [])
        let chunks = ChunkReader(
            files: files, input: input, emit: crew.options.emit, remainders: crew.remainders, mirrors: outputs.mirrors,
            interval: checkpoint?.interval ?? .max)
        var tally = Tally(checkpoint?.tally ?? Tally.Stored())
        var finished = checkpoint?.records ?? 0
        while let passed = await chunks.pass(upTo: finished) { sink.pass(passed.record, as: passed.form) }
        try sink.goOn(at: checkpoint?.outputs ?? [:])
        var state = Progress()
        try await crew.convert(chunks) { converted in
            for (item, result) in zip(converted.chunk.items, converted.results) {
                try sink.take(result, of: item.record, as: item.form)
            }
            tally.add(converted.tally)
            state.records += converted.results.count
            state.bytes += converted.chunk.bytes
            finished += converted.results.count
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
        return (tally, try sink.finish())
    }
}

extension RunOutputs {
    var mirrors: Bool {
        if case .folder = output { true } else { false }
    }
}

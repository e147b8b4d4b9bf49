import Translation

/// A chunk with what became of its records.
struct ConvertedChunk: Sendable {
    var chunk: Chunk
    var results: [RecordResult]
    var tally: Tally
}

/// Converts chunks one after another, with parsers, markup and scripts of its own.
actor ConvertWorker {
    /// Its own too: what several count their references to is passed from core to core.
    private let plain: PlainSources
    private let converter: RecordConverter

    init(mappings: MappingSet, options: ConvertOptions, pairs: QueryIndex?, remainders: RemainderSource?) {
        let masker = Masker(mappings)
        plain = PlainSources(mappings: mappings, masker: masker, options: options.fullTranslation)
        converter = RecordConverter(
            mappings: mappings, masker: masker, options: options, pairs: pairs, remainders: remainders, plain: plain)
    }

    func convert(_ chunk: Chunk) -> ConvertedChunk {
        var tally = Tally()
        let results = chunk.items.map { item in
            converter.convert(item.record, item.surroundings, as: item.form, into: &tally)
        }
        tally.settle(plain.all)
        return ConvertedChunk(chunk: chunk, results: results, tally: tally)
    }
}

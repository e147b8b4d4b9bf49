package import Translation

/// Reads an input for its queries alone: the first of the two passes of `--pair`.
package struct PairingRun: Sendable {
    private let mappings: MappingSet
    private let options: ConvertOptions
    private let input: InputOptions
    private let workers: Int

    package init(mappings: MappingSet, options: ConvertOptions, input: InputOptions, workers: Int) {
        self.mappings = mappings
        self.options = options
        self.input = input
        self.workers = max(1, workers)
    }

    /// The queries of all files. What can't be read is left to the second pass to report.
    package func run(_ files: [InputFile]) async -> QueryIndex {
        let masker = Masker(mappings)
        var index = QueryIndex()
        await withTaskGroup(of: QueryIndex.self) { group in
            var rest = files[...]
            func start() -> Bool {
                guard let file = rest.popFirst() else { return false }
                group.addTask { queries(in: file, masker) }
                return true
            }
            for _ in 0..<workers where !start() { break }
            while let part = await group.next() {
                index.add(part)
                _ = start()
            }
        }
        return index
    }

    private func queries(in file: InputFile, _ masker: Masker) -> QueryIndex {
        var index = QueryIndex()
        let translator = Translator(mappings: mappings, masker: masker, options: options.translation)
        var reader = RecordReader(file, options: input)
        while let record = reader.next() {
            guard record.failure == nil, let reading = try? translator.read(PayloadDecoding.decode(record.payload))
            else {
                continue
            }
            index.add(reading)
        }
        return index
    }
}

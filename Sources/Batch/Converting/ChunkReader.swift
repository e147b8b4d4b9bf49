import Translation

/// Records that are converted by one worker in one go.
struct Chunk: Sendable {
    /// A record with what is known of it.
    struct Item: Sendable {
        var record: InputRecord
        var surroundings: RecordSurroundings
        var form: OutputForm
    }

    var items: [Item] = []
    var bytes = 0

    var isFull: Bool { items.count >= 512 || bytes >= 1 << 20 }
}

/// Reads the input of a run in chunks.
actor ChunkReader {
    private var files: ArraySlice<InputFile>
    private let input: InputOptions
    private let emit: ConvertOptions.Emit?
    private let remainders: RemainderSource?
    private let mirrors: Bool
    /// A chunk ends where a checkpoint may be taken.
    private let interval: Int
    private var read = 0
    private var reader: RecordReader?
    private var lines: RemainderLines?
    private var linesAreOwn = false
    private let firstNumber: Int

    /// - Parameters:
    ///   - remainders: the remainder of the records, where it is the way back.
    ///   - mirrors: whether each input becomes a file of its own.
    ///   - interval: records.
    init(
        files: [InputFile], input: InputOptions, emit: ConvertOptions.Emit?, remainders: RemainderSource?,
        mirrors: Bool, interval: Int
    ) {
        self.files = files[...]
        self.input = input
        self.emit = emit
        self.remainders = remainders
        self.mirrors = mirrors
        self.interval = interval
        firstNumber = input.part?.firstRecord ?? 0
    }

    /// The next chunk; nil behind the last record.
    func next() -> Chunk? {
        var chunk = Chunk()
        while !chunk.isFull, chunk.items.isEmpty || !read.isMultiple(of: interval), var record = nextRecord() {
            record.number = firstNumber + read
            read += 1
            var surroundings = RecordSurroundings()
            if remainders != nil {
                surroundings.needsRemainder = true
                surroundings.hasRemainderOfItsOwn = record.container == .file && linesAreOwn
                surroundings.remainderLine = record.failure == nil ? lines?.next() : nil
            }
            chunk.bytes += record.payload.bytes.count
            chunk.items.append(Chunk.Item(record: record, surroundings: surroundings, form: form(of: record)))
        }
        return chunk.items.isEmpty ? nil : chunk
    }

    /// Passes over a record that an earlier run has done.
    ///
    /// - Returns: nil where so many were passed over, or there are no more.
    func pass(upTo count: Int) -> (record: InputRecord, form: OutputForm)? {
        guard read < count, let record = nextRecord() else { return nil }
        if remainders != nil, record.failure == nil { _ = lines?.next() }
        read += 1
        return (record, form(of: record))
    }

    /// A file that is one message becomes one, where the output mirrors the input; all else is lines.
    private func form(of record: InputRecord) -> OutputForm {
        let isMirrored = mirrors && record.container == .file
        return switch emit {
        case .record?: .record
        case .message?, .body?: isMirrored ? .document : .line
        case nil: isMirrored ? .document : .record
        }
    }

    private func nextRecord() -> InputRecord? {
        while true {
            if let record = reader?.next() { return record }
            guard let file = files.popFirst() else { return nil }
            reader = RecordReader(file, options: input)
            lines = remainders?.lines(for: file, lines)
            linesAreOwn = remainders?.isOwn(file) ?? false
        }
    }
}

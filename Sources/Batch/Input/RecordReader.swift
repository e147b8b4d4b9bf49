/// Reads one file's records in order, holding no more of the file than a record.
package struct RecordReader {
    private enum Stage {
        case unopened, reading, finished
    }

    private let file: InputFile
    private var options: InputOptions
    private var input: PeekedInput
    private var stage = Stage.unopened
    private var container = InputRecord.Container.file
    private var lines: LineRecords?
    private var rows: CSVRecords?
    private var archive: ArchiveRecords?
    /// Whether it is one of an archive's files: no archive inside it is looked for.
    private let isEntry: Bool
    private var number = 0

    package init(_ file: InputFile, options: InputOptions) {
        self.init(file, options: options, source: FileSource(file), chunkSize: 128 << 10)
    }

    init(
        _ file: InputFile, options: InputOptions, source: any ByteSource, chunkSize: Int, isEntry: Bool = false
    ) {
        self.isEntry = isEntry
        self.file = file
        self.options = options
        // Places count to 2 GiB, and so do readers of JSON.
        self.options.maximumMessageSize = min(max(options.maximumMessageSize, 1), Int(Int32.max) - 2)
        input = PeekedInput(source, chunkSize: chunkSize)
    }

    /// The next record; nil behind the last. A file that can't be read gives a record with a failure.
    package mutating func next() -> InputRecord? {
        openIfNeeded()
        defer { number += 1 }
        if let archive {
            guard var record = archive.next() else {
                finish()
                return nil
            }
            record.number = number
            return record
        }
        guard stage != .finished, let draft = nextDraft() else {
            finish()
            return nil
        }
        return InputRecord(
            number: number, file: file, container: container, line: draft.line, id: draft.id, grn: draft.grn,
            payload: draft.payload, failure: draft.failure)
    }

    private mutating func openIfNeeded() {
        guard stage == .unopened else { return }
        stage = .reading
        // A part begins in the midst of a text: what its first bytes look like says nothing.
        if !isEntry, options.part == nil {
            _ = input.peek(ArchiveKind.headSize)
            if ArchiveKind(input.head) != nil {
                var taken = PeekedInput(EmptySource(), chunkSize: 1)
                swap(&taken, &input)
                archive = ArchiveRecords(file, taken, options: options)
                return
            }
        }
        open()
    }

    private mutating func nextDraft() -> RecordDraft? {
        do {
            switch container {
            case .ndjson, .lines: return try lines?.next()
            case .csv: return try rows?.next()
            case .file: break
            }
        } catch {
            let rest = lines?.rest ?? rows?.rest
            stage = .finished
            return RecordDraft(line: rest?.line, failure: .unreadable(error), bytes: rest?.bytes ?? [])
        }
        stage = .finished
        return WholeFile.read(&input, limit: options.maximumMessageSize)
    }

    /// Finds out how the records lie in the file.
    private mutating func open() {
        if let part = options.part {
            let layout = Layout(of: part)
            container = layout.container
            let window = takeWindow(layout.encoding, firstLine: part.firstLine)
            lines = LineRecords(window, layout: layout, options: options)
            return
        }
        var size = Layout.peekSize
        var isAll = input.peek(size)
        // A first line that does not end here may be the only one: a message set out in one line is no line of many.
        while !isAll, size <= options.maximumMessageSize, !input.head.prefix(size).contains(UInt8(ascii: "\n")) {
            size *= 4
            isAll = input.peek(size)
        }
        let isWhole = isAll && input.head.count <= size
        let layout = Layout(of: input.head.prefix(size), isWhole: isWhole, options: options)
        container = layout.container
        switch layout.container {
        case .file: return
        case .ndjson, .lines:
            lines = LineRecords(takeWindow(layout.encoding), layout: layout, options: options)
        case .csv:
            guard let columns = layout.columns else {
                container = .file
                return
            }
            rows = CSVRecords(takeWindow(layout.encoding), columns: columns, options: options)
        }
    }

    private mutating func takeWindow(_ encoding: TextEncoding, firstLine: Int = 1) -> TextWindow {
        var taken = PeekedInput(EmptySource(), chunkSize: 1)
        swap(&taken, &input)
        return TextWindow(taken, encoding: encoding, firstLine: firstLine)
    }

    /// Lets go of the file.
    private mutating func finish() {
        stage = .finished
        lines = nil
        rows = nil
        archive = nil
        input = PeekedInput(EmptySource(), chunkSize: 1)
    }
}

/// What is left of a source that has been given away.
private struct EmptySource: ByteSource {
    mutating func read(_ count: Int) throws(ReadFault) -> [UInt8] { [] }
}

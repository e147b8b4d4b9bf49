import Translation

/// The records of a file with one to a line: NDJSON, plain text, or both mixed.
final class LineRecords {
    private var lines: LineReader
    private var parser: JSONLineParser
    private let container: InputRecord.Container
    private let limit: Int
    /// Whether the lines were decoded on their way, whatever a declaration in them says.
    private let isDecodedText: Bool

    init(_ window: TextWindow, layout: Layout, options: InputOptions) {
        lines = LineReader(window, limit: options.maximumMessageSize)
        parser = JSONLineParser(options: options)
        container = layout.container
        limit = options.maximumMessageSize
        isDecodedText = layout.encoding.decoder != nil
    }

    /// Where the next record would begin, and what there is of it.
    var rest: (line: Int, bytes: ArraySlice<UInt8>) { (lines.number, lines.window.content) }

    /// The next record; nil behind the last. Blank lines are none.
    func next() throws(ReadFault) -> RecordDraft? {
        while true {
            let number = lines.number
            switch try lines.next() {
            case nil: return nil
            case .tooLong(let beginning)?:
                return RecordDraft(
                    line: number, failure: .tooLong("the line", limit: limit), bytes: beginning,
                    isDecodedText: isDecodedText)
            case .text(let line)?:
                if let record = record(line, number) { return record }
            }
        }
    }

    private func record(_ line: [UInt8], _ number: Int) -> RecordDraft? {
        // Files put one behind the other have their marks in the midst.
        let text = line.starts(with: ArraySlice.byteOrderMark) ? Array(line.dropFirst(3)) : line
        guard let first = text.first(where: { !$0.isWhiteSpace }) else { return nil }
        if first == UInt8(ascii: "{") { return jsonRecord(text, number) }
        let payload = Payload(text, isDecodedText: isDecodedText)
        if container == .ndjson, !MessageStart.isThere(in: PayloadDecoding.decode(payload).bytes[...]) {
            let failure = TranslationError(
                .malformedJSON, at: Place(line: 1, column: 1, offset: 0),
                "the line is no JSON object: write each record on one line of its own")
            return RecordDraft(line: number, failure: failure, bytes: text, isDecodedText: isDecodedText)
        }
        return RecordDraft(line: number, payload: payload)
    }

    private func jsonRecord(_ text: [UInt8], _ number: Int) -> RecordDraft {
        let line = parser.parse(text)
        switch line.payload {
        case .success(let payload): return RecordDraft(line: number, id: line.id, grn: line.grn, payload: payload)
        case .failure(let error):
            return RecordDraft(
                line: number, id: line.id, grn: line.grn, failure: error, bytes: text, isDecodedText: isDecodedText)
        }
    }
}

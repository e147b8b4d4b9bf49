import Translation

/// The records of a CSV file, whose first row is its header.
///
/// A row with the wrong number of fields is a failed record. So is a row with a broken quote (one that is never closed
/// within the limit, or has something behind the closing one): it takes its first line with it, and all lines behind
/// until one that a whole row begins with, with as many fields as the header and what looks like a message in the
/// payload's. The rows from there on are read as if nothing had been.
final class CSVRecords {
    private var window: TextWindow
    private let columns: CSVColumns
    private let limit: Int
    private var isBehindHeader = false

    init(_ window: TextWindow, columns: CSVColumns, options: InputOptions) {
        self.window = window
        self.columns = columns
        limit = options.maximumMessageSize
    }

    /// Where the next record would begin, and what there is of it.
    var rest: (line: Int, bytes: ArraySlice<UInt8>) { (window.line, window.content) }

    /// The next record; nil behind the last. Blank lines are none.
    func next() throws(ReadFault) -> RecordDraft? {
        while true {
            let line = window.line
            switch try parseRow() {
            case .row(let row):
                if row.length == 0 { return nil }
                let bytes = Array(window.content.prefix(row.length))
                window.drop(row.length, lines: row.lineEnds)
                if row.isBlank { continue }
                if isBehindHeader { return record(row, line: line, bytes: bytes) }
                isBehindHeader = true
            case .cutOff:
                return try skipRow(line: line, .tooLong("the row, or what its open quote takes in,", limit: limit))
            case .broken:
                let failure = TranslationError(
                    .malformedCSV, at: Place(line: 1, column: 1, offset: 0),
                    "a quote in the row is not closed, or not doubled: quote the field, and double the quotes in it")
                return try skipRow(line: line, failure)
            }
        }
    }

    /// Parses the row that the window begins with, reading on until it is whole: cut off is only what is longer than
    /// the limit.
    private func parseRow() throws(ReadFault) -> CSVRow.Outcome {
        // Two bytes of it may be the line end.
        let limit = limit + 2
        while true {
            let isAll = window.isAtEnd && window.count <= limit
            let outcome = CSVRow.parse(window.content.prefix(limit), delimiter: columns.delimiter, isEnd: isAll)
            guard case .cutOff = outcome, window.count < limit else { return outcome }
            // Twice as much each time: a long row is not parsed once for every chunk.
            try window.grow(to: min(limit, max(2 * window.count, window.count + 1)))
        }
    }

    // MARK: - Good rows

    private func record(_ row: CSVRow, line: Int, bytes: [UInt8]) -> RecordDraft {
        if let offset = UTF8Check.firstIllFormed(in: bytes) {
            let before = bytes[..<offset]
            let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            let lineNumber = before.count { $0 == UInt8(ascii: "\n") } + 1
            let place = Place(line: lineNumber, column: offset - lineStart + 1, offset: offset)
            let failure = TranslationError(.encoding, at: place, "not UTF-8: export the file in UTF-8")
            return RecordDraft(line: line, failure: failure, bytes: shown(bytes))
        }
        guard row.fields.count == columns.count else {
            let failure = TranslationError(
                .malformedCSV, at: Place(line: 1, column: 1, offset: 0),
                "the row has \(row.fields.count) fields where the header has \(columns.count): "
                    + "quote fields that contain separators or line breaks")
            return RecordDraft(line: line, failure: failure, bytes: shown(bytes), isDecodedText: true)
        }
        let payload = row.fields[columns.payload]
        let id = text(columns.id, of: row).map(quoted)
        let grn = text(columns.grn, of: row)
        guard payload.contains(where: { !$0.isWhiteSpace }) else {
            let failure = TranslationError(
                .unknownMessage, at: Place(line: 1, column: 1, offset: 0), "the payload's column is empty in this row")
            return RecordDraft(line: line, id: id, grn: grn, failure: failure, bytes: shown(bytes), isDecodedText: true)
        }
        return RecordDraft(line: line, id: id, grn: grn, payload: Payload(payload, isDecodedText: true))
    }

    private func text(_ column: Int?, of row: CSVRow) -> String? {
        guard let column, !row.fields[column].isEmpty else { return nil }
        return String(decoding: row.fields[column], as: UTF8.self)
    }

    private func quoted(_ text: String) -> [UInt8] {
        var json = JSONStream()
        json.item(text)
        return json.bytes
    }

    // MARK: - Bad rows

    /// What the rejects may show of a row whose columns can't be told apart.
    private func shown(_ bytes: [UInt8]) -> [UInt8] {
        columns.hasSecret ? Array("(the row has a column for a secret: it is not shown)".utf8) : bytes
    }

    /// Goes on behind the row that the window begins with, to where rows can be read again.
    private func skipRow(line: Int, _ failure: TranslationError) throws(ReadFault) -> RecordDraft {
        let kept = min(limit, InputRecord.rejectSize)
        var bytes: [UInt8] = []
        repeat { try takeLine(into: &bytes, atMost: kept) } while try !isAtRow()
        return RecordDraft(line: line, failure: failure, bytes: shown(bytes))
    }

    private func takeLine(into bytes: inout [UInt8], atMost limit: Int) throws(ReadFault) {
        let start = window.line
        while window.line == start, window.count > 0 || !window.isAtEnd {
            let length = window.lengthOfLine().map { $0 + 1 }
            bytes += window.content.prefix(min(length ?? window.count, limit - bytes.count))
            window.drop(length ?? window.count, lines: length == nil ? 0 : 1)
            if length == nil { try window.grow() }
        }
    }

    /// Whether a good row begins the window, or nothing is left.
    private func isAtRow() throws(ReadFault) -> Bool {
        guard case .row(let row) = try parseRow() else { return false }
        if row.length == 0 { return true }
        guard row.fields.count == columns.count, !row.hasStrayQuote else { return false }
        return MessageStart.isThere(in: PayloadDecoding.decode(Payload(row.fields[columns.payload])).bytes[...])
    }
}

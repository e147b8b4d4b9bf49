import Translation

/// The rows of a list in CSV (RFC 4180), whose first is its header.
///
/// A row with a broken quote takes its first line with it, and all lines behind until one that a whole row begins with. The
/// rows from there on are read as if nothing had been.
struct QuestionRows {
    enum Row {
        case fields([String], line: Int)
        case problem(String, line: Int)
    }

    private var window: TextWindow
    private let delimiter: UInt8
    /// How many fields the header has.
    private let count: Int
    private var isBehindHeader = false
    /// Bytes of a row: what is longer is an open quote.
    private static let limit = 1 << 20

    init(_ window: TextWindow, _ header: QuestionHeader) {
        self.window = window
        delimiter = header.delimiter
        count = header.names.count
    }

    /// The next row; nil behind the last. Blank lines are none, and neither are rows with nothing in them.
    mutating func next() throws(ReadFault) -> Row? {
        while true {
            let line = window.line
            guard case .row(let row) = try parseRow() else { return try skipBrokenRow(from: line) }
            if row.length == 0 { return nil }
            let isWellFormed = UTF8Check.firstIllFormed(in: Array(window.content.prefix(row.length))) == nil
            window.drop(row.length, lines: row.lineEnds)
            if row.isBlank { continue }
            guard isBehindHeader else {
                isBehindHeader = true
                continue
            }
            if row.fields.allSatisfy(\.isEmpty) { continue }
            guard isWellFormed else { return .problem("is not UTF-8: save the file in UTF-8", line: line) }
            guard row.fields.count == count else {
                let message =
                    "has \(row.fields.count) fields where the header has \(count): quote fields that hold separators"
                return .problem(message, line: line)
            }
            return .fields(row.fields.map { String(decoding: $0, as: UTF8.self) }, line: line)
        }
    }

    /// Parses the row that the window begins with, reading on until it is whole.
    private mutating func parseRow() throws(ReadFault) -> CSVRow.Outcome {
        while true {
            let outcome = CSVRow.parse(window.content.prefix(Self.limit), delimiter: delimiter, isEnd: window.isAtEnd)
            guard case .cutOff = outcome, window.count < Self.limit, !window.isAtEnd else { return outcome }
            try window.grow(to: min(Self.limit, 2 * window.count + 1))
        }
    }

    private mutating func skipBrokenRow(from line: Int) throws(ReadFault) -> Row {
        repeat { try window.skipLine() } while try !isAtRow()
        let last = window.line - (window.count == 0 && window.isAtEnd ? 0 : 1)
        let lines = last > line ? "the lines up to \(last) are" : "is"
        return .problem("\(lines) left out: a quote is not closed, or not doubled", line: line)
    }

    /// Whether a good row begins the window, or nothing is left.
    private mutating func isAtRow() throws(ReadFault) -> Bool {
        guard case .row(let row) = try parseRow() else { return false }
        return row.length == 0 || row.fields.count == count && !row.hasStrayQuote
    }
}

/// The first row of a list.
struct QuestionHeader {
    let delimiter: UInt8
    /// What stands above each column, without white space around.
    let names: [ArraySlice<UInt8>]
    let columns: [QuestionColumn?]

    /// The header that a text begins with, by the separator that makes the most known columns of it; nil where none makes
    /// any.
    ///
    /// - Parameter isWhole: whether nothing comes behind the text.
    init?(of text: [UInt8], isWhole: Bool, _ columns: QuestionColumns) {
        let content = text.drop { $0 == 0x0A || $0 == 0x0D }
        var candidates: [QuestionHeader] = []
        for delimiter in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")] {
            guard case .row(let row) = CSVRow.parse(content, delimiter: delimiter, isEnd: isWhole) else { continue }
            candidates.append(
                QuestionHeader(delimiter: delimiter, names: row.fields.map { $0[...].trimmed }, columns))
        }
        guard let best = candidates.max(by: { $0.known < $1.known }), best.known > 0 else { return nil }
        self = best
    }

    private init(delimiter: UInt8, names: [ArraySlice<UInt8>], _ columns: QuestionColumns) {
        self.delimiter = delimiter
        self.names = names
        self.columns = names.map { columns.column(named: $0) }
    }

    private var known: Int { columns.count { $0 != nil } }
}

/// One row of CSV (RFC 4180) at the beginning of a text.
struct CSVRow {
    enum Outcome {
        case row(CSVRow)
        /// The text ends within the row, and may go on.
        case cutOff
        /// A quote that opens is never closed, or something follows the one that closes.
        case broken
    }

    private(set) var fields: [[UInt8]] = []
    /// The bytes that the row takes, with its line end.
    private(set) var length = 0
    /// How many lines end in the row.
    private(set) var lineEnds = 0
    /// Whether a quote stands in a field that does not begin with one, where it is taken as it is.
    private(set) var hasStrayQuote = false

    /// - Parameter isEnd: whether nothing comes behind the text.
    static func parse(_ text: ArraySlice<UInt8>, delimiter: UInt8, isEnd: Bool) -> Outcome {
        var row = CSVRow()
        var index = text.startIndex
        while true {
            let isQuoted = index < text.endIndex && text[index] == UInt8(ascii: "\"")
            switch isQuoted ? row.readQuoted(text, &index, isEnd) : row.readPlain(text, &index, delimiter, isEnd) {
            case .value: break
            case .cutOff: return .cutOff
            case .broken: return .broken
            }
            switch row.separator(text, &index, delimiter, isEnd) {
            case .field: continue
            case .lineEnd:
                row.length = index - text.startIndex
                return .row(row)
            case .cutOff: return .cutOff
            case nil: return .broken
            }
        }
    }

    /// Whether the row is a blank line.
    var isBlank: Bool { fields.count == 1 && fields[0].allSatisfy(\.isWhiteSpace) }

    // MARK: - Fields

    private enum Field {
        case value, cutOff, broken
    }

    private enum Separator {
        case field, lineEnd, cutOff
    }

    private mutating func readPlain(
        _ text: ArraySlice<UInt8>, _ index: inout Int, _ delimiter: UInt8, _ isEnd: Bool
    ) -> Field {
        let rest = text[index...]
        let end = rest.firstIndex { $0 == delimiter || $0 == UInt8(ascii: "\n") }
        guard end != nil || isEnd else { return .cutOff }
        var field = rest[..<(end ?? text.endIndex)]
        index = field.endIndex
        // A carriage return belongs to the line end behind it.
        if field.last == UInt8(ascii: "\r"), end.map({ text[$0] == UInt8(ascii: "\n") }) ?? true { field.removeLast() }
        hasStrayQuote = hasStrayQuote || field.contains(UInt8(ascii: "\""))
        fields.append(Array(field))
        return .value
    }

    private mutating func readQuoted(_ text: ArraySlice<UInt8>, _ index: inout Int, _ isEnd: Bool) -> Field {
        var field: [UInt8] = []
        index += 1
        while let quote = text[index...].firstIndex(of: UInt8(ascii: "\"")) {
            field += text[index..<quote]
            index = quote + 1
            if index < text.endIndex, text[index] == UInt8(ascii: "\"") {
                field.append(UInt8(ascii: "\""))
                index += 1
                continue
            }
            guard index < text.endIndex || isEnd else { return .cutOff }
            for byte in field where byte == UInt8(ascii: "\n") { lineEnds += 1 }
            fields.append(field)
            return .value
        }
        return isEnd ? .broken : .cutOff
    }

    /// Goes behind what separates the field from what comes; nil where that is nothing that can.
    private mutating func separator(
        _ text: ArraySlice<UInt8>, _ index: inout Int, _ delimiter: UInt8, _ isEnd: Bool
    ) -> Separator? {
        guard index < text.endIndex else { return isEnd ? .lineEnd : .cutOff }
        if text[index] == delimiter {
            index += 1
            return .field
        }
        if text[index] == UInt8(ascii: "\r") {
            index += 1
            guard index < text.endIndex else { return isEnd ? .lineEnd : .cutOff }
        }
        guard text[index] == UInt8(ascii: "\n") else { return nil }
        index += 1
        lineEnds += 1
        return .lineEnd
    }
}

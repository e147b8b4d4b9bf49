import GuaranteeModel

/// Turns offsets into UTF-8 text into lines and columns, going forward: each byte is looked at once, eight at a time.
///
/// A line ends where XML 1.0 says: at LF, CR LF, or a CR alone.
struct LineTracker {
    private let text: UnsafeBufferPointer<UInt8>
    private let columnsCountCharacters: Bool
    private var line = 1
    private var lineStart = 0
    private var nextLineStart: Int
    private var countedOffset = 0
    private var countedColumn = 1

    /// - Parameter columnsCountCharacters: whether columns count characters instead of bytes of this text: it was
    ///   decoded from another encoding, and its bytes mean nothing to whoever looks at the file.
    init(text: UnsafeBufferPointer<UInt8>, columnsCountCharacters: Bool) {
        self.text = text
        self.columnsCountCharacters = columnsCountCharacters
        nextLineStart = Self.lineStart(in: text, after: 0)
    }

    /// The place of the byte at `offset`, which may also be the text's end. Cheap when offsets grow.
    mutating func place(of offset: Int) -> Place {
        if offset < lineStart {
            self = LineTracker(text: text, columnsCountCharacters: columnsCountCharacters)
        }
        while nextLineStart <= offset {
            line += 1
            lineStart = nextLineStart
            nextLineStart = Self.lineStart(in: text, after: lineStart)
            countedOffset = lineStart
            countedColumn = 1
        }
        return Place(line: line, column: columnsCountCharacters ? characterColumn(of: offset) : offset - lineStart + 1)
    }

    private mutating func characterColumn(of offset: Int) -> Int {
        if offset < countedOffset {
            countedOffset = lineStart
            countedColumn = 1
        }
        for index in countedOffset..<offset where text[index] & 0xC0 != 0x80 { countedColumn += 1 }
        countedOffset = offset
        return countedColumn
    }

    /// The offset behind the first line end at or after `start`; `Int.max` where there is none.
    private static func lineStart(in text: UnsafeBufferPointer<UInt8>, after start: Int) -> Int {
        let bytes = UnsafeRawBufferPointer(text)
        var index = start
        while index + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if holdsZero(word ^ 0x0A0A_0A0A_0A0A_0A0A) || holdsZero(word ^ 0x0D0D_0D0D_0D0D_0D0D) { break }
            index += 8
        }
        while index < bytes.count {
            if bytes[index] == 0x0A { return index + 1 }
            if bytes[index] == 0x0D {
                return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? index + 2 : index + 1
            }
            index += 1
        }
        return Int.max
    }

    /// Whether any of the eight bytes is zero.
    private static func holdsZero(_ word: UInt64) -> Bool {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
    }
}

import Translation

/// Goes through JSON value by value as it streams by; what is passed over is never held.
struct JSONCursor {
    enum Value {
        /// The value as it stands, with its quotes or brackets.
        case text([UInt8])
        /// Longer than was asked for: passed over.
        case tooLong
        /// The input ends within it.
        case cutOff
    }

    private var window: TextWindow

    init(_ window: TextWindow) {
        self.window = window
    }

    /// The next byte that is no white space; nil at the end.
    mutating func peek() throws(TranslationError) -> UInt8? {
        while true {
            if let index = window.content.firstIndex(where: { !$0.isWhiteSpace }) {
                window.drop(index - window.content.startIndex, lines: 0)
                return window.content.first
            }
            window.drop(window.count, lines: 0)
            guard try grow() else { return nil }
        }
    }

    /// Goes behind the byte that was peeked.
    mutating func advance() {
        window.drop(1, lines: 0)
    }

    /// Goes behind the value that begins with the byte that was peeked.
    mutating func value(atMost limit: Int) throws(TranslationError) -> Value {
        var scan = JSONValueScan()
        var text: [UInt8] = []
        var isTooLong = false
        while true {
            let count = scan.count(in: window.content)
            isTooLong = isTooLong || text.count + count > limit
            if isTooLong { text.removeAll() } else { text += window.content.prefix(count) }
            window.drop(count, lines: 0)
            guard !scan.isDone else { return isTooLong ? .tooLong : .text(text) }
            guard try grow() else { return .cutOff }
        }
    }

    /// Reads on; false at the end.
    private mutating func grow() throws(TranslationError) -> Bool {
        guard !window.isAtEnd else { return false }
        do {
            try window.grow()
        } catch {
            throw .unreadable(error)
        }
        return true
    }
}

/// Finds where a value ends, by its brackets and quotes alone, in pieces that may be cut anywhere.
private struct JSONValueScan {
    private(set) var isDone = false
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var isScalar = false

    /// How many bytes from the first on belong to the value.
    mutating func count(in bytes: ArraySlice<UInt8>) -> Int {
        for index in bytes.indices {
            switch take(bytes[index]) {
            case .inside: continue
            case .last:
                isDone = true
                return index - bytes.startIndex + 1
            case .behind:
                isDone = true
                return index - bytes.startIndex
            }
        }
        return bytes.count
    }

    private enum Position {
        case inside, last, behind
    }

    private mutating func take(_ byte: UInt8) -> Position {
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
                return depth == 0 ? .last : .inside
            }
            return .inside
        }
        switch byte {
        case UInt8(ascii: "\"") where !isScalar: isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            guard depth > 0 else { return .behind }
            depth -= 1
            if depth == 0 { return .last }
        case UInt8(ascii: ","), UInt8(ascii: ":"): if depth == 0 { return .behind }
        default:
            if depth > 0 { return .inside }
            if byte.isWhiteSpace { return .behind }
            isScalar = true
        }
        return .inside
    }
}

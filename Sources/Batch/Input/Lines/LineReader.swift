/// Takes a text apart into lines, which end with a line feed or a carriage return and one.
struct LineReader {
    enum Line {
        case text([UInt8])
        /// Longer than the limit: how it begins.
        case tooLong([UInt8])
    }

    private(set) var window: TextWindow
    private let limit: Int

    init(_ window: TextWindow, limit: Int) {
        self.window = window
        self.limit = limit
    }

    /// The number of the line that comes next, from 1.
    var number: Int { window.line }

    /// The next line without its end; nil behind the last.
    mutating func next() throws(ReadFault) -> Line? {
        var searched = 0
        while true {
            if let count = window.lengthOfLine(from: searched) {
                defer { window.drop(count + 1, lines: 1) }
                return line(of: count)
            }
            searched = window.count
            if window.isAtEnd {
                guard searched > 0 else { return nil }
                defer { window.drop(searched, lines: 0) }
                return line(of: searched)
            }
            // One more than the limit may be the carriage return.
            if searched > limit + 1 {
                let beginning = Array(window.content.prefix(kept))
                try window.skipLine()
                return .tooLong(beginning)
            }
            try window.grow()
        }
    }

    private var kept: Int { min(limit, InputRecord.rejectSize) }

    private func line(of count: Int) -> Line {
        var text = window.content.prefix(count)
        if text.last == UInt8(ascii: "\r") { text.removeLast() }
        return text.count > limit ? .tooLong(Array(text.prefix(kept))) : .text(Array(text))
    }
}

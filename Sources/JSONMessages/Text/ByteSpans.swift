extension Span<UInt8> {
    /// The index of the first byte from `start` that is not a plain one of a JSON string: a quote, a backslash, a
    /// control character or no ASCII; the end where there is none.
    func endOfPlainRun(from start: Int) -> Int {
        var index = start
        while index < count {
            let byte = self[index]
            guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { break }
            index += 1
        }
        return index
    }

    /// How many bytes the UTF-8 character at `index` takes; nil where it is ill-formed: overlong, a surrogate, beyond
    /// U+10FFFF, broken off or no beginning at all (Unicode, table 3-7).
    func lengthOfUTF8Sequence(at index: Int) -> Int? {
        let lead = self[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return nil
        }
        switch lead {
        case 0xE0: second = 0xA0...0xBF
        case 0xED: second = 0x80...0x9F
        case 0xF0: second = 0x90...0xBF
        case 0xF4: second = 0x80...0x8F
        default: break
        }
        guard index + length <= count, second ~= self[index + 1] else { return nil }
        for position in index + 2..<index + length where self[position] & 0xC0 != 0x80 { return nil }
        return length
    }
}

extension [UInt8] {
    mutating func append(contentsOf bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}

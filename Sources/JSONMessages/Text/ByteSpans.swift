extension Span<UInt8> {
    /// The index of the first byte from `start` that is not a plain one of a JSON string: a quote, a backslash, a
    /// control character or no ASCII; the end where there is none.
    func endOfPlainRun(from start: Int) -> Int { endOfRun(from: start, endsAt: 0x8080_8080_8080_8080) }

    /// The index of the first byte from `start` that a JSON string has escaped: a quote, a backslash or a control
    /// character; the end where there is none.
    func endOfUnescapedRun(from start: Int) -> Int { endOfRun(from: start, endsAt: 0) }

    /// Eight bytes at a time.
    ///
    /// - Parameter bits: which bits end the run where they are set.
    private func endOfRun(from start: Int, endsAt bits: UInt64) -> Int {
        withUnsafeBytes { bytes in
            var index = start
            while index < bytes.count {
                var word = 0x2020_2020_2020_2020 as UInt64
                if index + 8 <= bytes.count {
                    word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                } else {
                    for place in index..<bytes.count {
                        let shift = UInt64(8 * (place - index))
                        word = word & ~(0xFF << shift) | UInt64(bytes[place]) << shift
                    }
                }
                let ends = word.escapedBytes | word & bits
                if ends != 0 { return index + ends.trailingZeroBitCount / 8 }
                index += 8
            }
            return bytes.count
        }
    }

    /// Decodes a string's text as far as it is ASCII with escapes of two characters: most strings are that to their end.
    ///
    /// - Parameters:
    ///   - offset: goes from the text's beginning to what was not decoded.
    ///   - output: eight bytes longer than what there is to decode may be.
    /// - Returns: how many bytes were decoded.
    func decodePlainText(from offset: inout Int, into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        withUnsafeBytes { bytes in
            let output = UnsafeMutableRawBufferPointer(output)
            var decoded = 0
            // The last bytes are nobody's but the text's end, or broken off.
            while offset + 8 <= bytes.count {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                output.storeBytes(of: word.littleEndian, toByteOffset: decoded, as: UInt64.self)
                let ends = word.escapedBytes | word & 0x8080_8080_8080_8080
                let plain = ends == 0 ? 8 : ends.trailingZeroBitCount / 8
                offset += plain
                decoded += plain
                if plain == 8 { continue }
                guard bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count,
                    let byte = JSONText.byte(escapedAs: bytes[offset + 1])
                else { break }
                output[decoded] = byte
                decoded += 1
                offset += 2
            }
            return decoded
        }
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

extension UInt64 {
    /// Sets the highest bit of each byte that a JSON string has escaped. What is carried into the bytes behind it may set
    /// theirs, too: only the first that is set counts.
    fileprivate var escapedBytes: UInt64 {
        let (ones, highest): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        let quotes = self ^ 0x22 &* ones
        let backslashes = self ^ 0x5C &* ones
        return (self &- 0x20 &* ones) & ~self & highest | (quotes &- ones) & ~quotes & highest
            | (backslashes &- ones) & ~backslashes & highest
    }
}

extension [UInt8] {
    mutating func append(contentsOf bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}

import GuaranteeModel

extension JSONParse {
    /// Reads the string whose opening quote is at `offset`, and goes behind its closing quote.
    mutating func readString(_ bytes: Span<UInt8>) throws(JSONError) -> StringBody {
        offset += 1
        var run = offset
        guard try goToEscape(bytes) else { return .plain(run..<offset - 1) }
        var decoded: [UInt8] = []
        repeat {
            decoded.append(contentsOf: bytes.extracting(run..<offset))
            decoded.append(contentsOf: try readEscape(bytes).utf8)
            run = offset
        } while try goToEscape(bytes)
        decoded.append(contentsOf: bytes.extracting(run..<offset - 1))
        return .decoded(decoded)
    }

    /// As `readString`; what it says becomes the text of the tree's open node.
    mutating func readText(_ bytes: Span<UInt8>) throws(JSONError) {
        offset += 1
        tree.beginText()
        tree.appendText(capacity: bytes.count - offset + 8) { bytes.decodePlainText(from: &offset, into: $0) }
        var run = offset
        while try goToEscape(bytes) {
            tree.appendText(bytes.extracting(run..<offset))
            tree.appendText(try readEscape(bytes))
            run = offset
        }
        tree.appendText(bytes.extracting(run..<offset - 1))
    }

    /// Goes to the next backslash of a string, or behind its closing quote: then the answer is false.
    private mutating func goToEscape(_ bytes: Span<UInt8>) throws(JSONError) -> Bool {
        while true {
            offset = bytes.endOfPlainRun(from: offset)
            guard offset < bytes.count else { throw brokenOff("a string is still open") }
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                return false
            case UInt8(ascii: "\\"): return true
            case ..<0x20:
                throw malformed("a control character stands in a string as it is: escape it, a line feed as \\n")
            default:
                guard let length = bytes.lengthOfUTF8Sequence(at: offset) else { throw notUTF8() }
                offset += length
            }
        }
    }

    /// Decodes the escape whose backslash is at `offset`, and goes behind it.
    private mutating func readEscape(_ bytes: Span<UInt8>) throws(JSONError) -> Unicode.Scalar {
        guard offset + 1 < bytes.count else { throw brokenOffInEscape(bytes) }
        if bytes[offset + 1] == UInt8(ascii: "u") { return try readUnicodeEscape(bytes) }
        guard let byte = JSONText.byte(escapedAs: bytes[offset + 1]) else {
            throw malformed("no JSON escape: use one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX")
        }
        offset += 2
        return Unicode.Scalar(byte)
    }

    /// Decodes `\uXXXX`, or two of them that make a surrogate pair.
    private mutating func readUnicodeEscape(_ bytes: Span<UInt8>) throws(JSONError) -> Unicode.Scalar {
        let unit = try codeUnit(bytes, at: offset)
        if let scalar = Unicode.Scalar(unit) {
            offset += 6
            return scalar
        }
        let next = offset + 6
        let lone = malformed("half of a surrogate pair: write both halves, or the character itself")
        guard unit < 0xDC00 else { throw lone }
        guard next < bytes.count else { throw brokenOffInEscape(bytes) }
        guard bytes[next] == UInt8(ascii: "\\") else { throw lone }
        guard next + 1 < bytes.count else { throw brokenOffInEscape(bytes) }
        guard bytes[next + 1] == UInt8(ascii: "u") else { throw lone }
        let partner = try codeUnit(bytes, at: next)
        guard 0xDC00...0xDFFF ~= partner, let scalar = Unicode.Scalar(surrogates: unit, partner) else { throw lone }
        offset += 12
        return scalar
    }

    /// The code unit that the `\uXXXX` at `start` spells.
    private mutating func codeUnit(_ bytes: Span<UInt8>, at start: Int) throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for index in start + 2..<start + 6 {
            guard index < bytes.count else { throw brokenOffInEscape(bytes) }
            let digit: UInt8
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = bytes[index] - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = bytes[index] - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = bytes[index] - UInt8(ascii: "A") + 10
            default:
                offset = start
                throw malformed("\\u without four hexadecimal digits: write all four")
            }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    private mutating func brokenOffInEscape(_ bytes: Span<UInt8>) -> JSONError {
        offset = bytes.count
        return brokenOff("an escape is still open")
    }
}

extension Unicode.Scalar {
    /// The scalar that a leading and a trailing surrogate spell together.
    init?(surrogates leading: UInt32, _ trailing: UInt32) {
        self.init(0x1_0000 + ((leading & 0x3FF) << 10) + (trailing & 0x3FF))
    }
}

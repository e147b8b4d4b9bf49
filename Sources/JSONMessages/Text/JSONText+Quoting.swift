extension JSONText {
    /// Appends a JSON string with this text, quotes and all. `/` and what is not ASCII stay as they are; of the control
    /// characters those of U+0000 to U+001F are escaped.
    package static func appendQuoted(_ text: Span<UInt8>, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        var run = 0
        while true {
            let end = text.endOfUnescapedRun(from: run)
            output.append(contentsOf: text.extracting(run..<end))
            if end == text.count { break }
            appendEscape(of: text[end], to: &output)
            run = end + 1
        }
        output.append(UInt8(ascii: "\""))
    }

    static func appendQuoted(_ text: String, to output: inout [UInt8]) {
        appendQuoted(text.utf8.span, to: &output)
    }

    /// What a backslash and one character stand for; nil where that is no such escape.
    static func byte(escapedAs character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): character
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    private static func appendEscape(of byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        case ..<0x20:
            let digits = "0123456789abcdef".utf8.span
            output.append(contentsOf: "u00".utf8)
            output.append(digits[Int(byte >> 4)])
            output.append(digits[Int(byte & 0xF)])
        default: output.append(byte)
        }
    }

    /// The text as a JSON string, cut after `limit` characters: for messages.
    static func quoted(_ text: String, limit: Int) -> String {
        let cut = text.unicodeScalars.prefix(limit)
        var bytes: [UInt8] = []
        appendQuoted(cut.endIndex < text.endIndex ? String(cut) + "…" : text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

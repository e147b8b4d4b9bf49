/// Base64 (RFC 4648): with the standard or the URL alphabet, line breaks anywhere, padding at will.
enum Base64 {
    /// What the text decodes to where that is a message: its first character begins XML or JSON. Nil for anything else,
    /// which is found out from the first few characters.
    static func message(in text: ArraySlice<UInt8>) -> [UInt8]? {
        guard let beginning = decode(text, atMost: 24), MessageStart.isThere(in: beginning[...]) else { return nil }
        return decode(text, atMost: .max)
    }

    /// The bytes that the text stands for, or the first of them; nil where it is no base64.
    static func decode(_ text: ArraySlice<UInt8>, atMost limit: Int) -> [UInt8]? {
        var output: [UInt8] = []
        output.reserveCapacity(min(limit, text.count / 4 * 3) + 3)
        var group: UInt32 = 0
        var digits = 0
        var padding = 0
        for character in text {
            if let digit = value(of: character) {
                guard padding == 0 else { return nil }
                group = group << 6 | UInt32(digit)
                digits += 1
                guard digits == 4 else { continue }
                output.append(UInt8(truncatingIfNeeded: group >> 16))
                output.append(UInt8(truncatingIfNeeded: group >> 8))
                output.append(UInt8(truncatingIfNeeded: group))
                digits = 0
                if output.count >= limit { return output }
            } else if character == UInt8(ascii: "=") {
                padding += 1
            } else if !character.isWhiteSpace {
                return nil
            }
        }
        return finish(group, digits: digits, padding: padding, &output) ? output : nil
    }

    /// Appends what the last, incomplete group stands for; false where there can be no such group.
    private static func finish(_ group: UInt32, digits: Int, padding: Int, _ output: inout [UInt8]) -> Bool {
        guard padding == 0 || digits + padding == 4 else { return false }
        switch digits {
        case 0: return true
        case 2: output.append(UInt8(truncatingIfNeeded: group >> 4))
        case 3:
            output.append(UInt8(truncatingIfNeeded: group >> 10))
            output.append(UInt8(truncatingIfNeeded: group >> 2))
        default: return false
        }
        return true
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}

/// The look of a message's first bytes, in any encoding.
enum MessageStart {
    /// Whether XML or JSON begins here, behind byte order marks, white space and the zeros of UTF-16.
    static func isThere(in bytes: ArraySlice<UInt8>) -> Bool {
        let first = bytes.first { byte in
            switch byte {
            case 0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0x00: false
            default: !byte.isWhiteSpace
            }
        }
        switch first {
        case UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "["): return true
        default: return false
        }
    }
}

extension UInt8 {
    /// White space by XML and by JSON.
    var isWhiteSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}

extension ArraySlice<UInt8> {
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Without the white space around.
    var trimmed: ArraySlice<UInt8> {
        guard let first = firstIndex(where: { !$0.isWhiteSpace }), let last = lastIndex(where: { !$0.isWhiteSpace })
        else { return prefix(0) }
        return self[first...last]
    }

    /// Without UTF-8's byte order mark in front.
    var withoutMark: ArraySlice<UInt8> { starts(with: Self.byteOrderMark) ? dropFirst(3) : self }

    func ends(with suffix: String.UTF8View) -> Bool { self.suffix(suffix.count).elementsEqual(suffix) }
}

/// The encodings that we read: a closed list, so that a message can't choose what else is loaded to decode it.
enum CharacterEncoding: Equatable {
    case utf8
    case utf16LittleEndian
    case utf16BigEndian
    /// Latin 1: every byte is the code point of the same number.
    case iso8859n1
    /// Latin 9: Latin 1 with the euro sign and seven letters.
    case iso8859n15
    case windows1252
    case ascii

    static let readable = "UTF-8, UTF-16, US-ASCII, ISO-8859-1, ISO-8859-15 and windows-1252"

    /// What a name in an XML declaration means for bytes that don't look like UTF-16; nil where we don't know it.
    init?(declared name: String) {
        switch name.lowercased() {
        case "utf-8", "utf8": self = .utf8
        case "us-ascii", "ascii", "iso646-us", "ansi_x3.4-1968": self = .ascii
        case "iso-8859-1", "iso_8859-1", "iso8859-1", "latin1", "l1", "iso-ir-100": self = .iso8859n1
        case "iso-8859-15", "iso_8859-15", "iso8859-15", "latin-9": self = .iso8859n15
        case "windows-1252", "cp1252", "cp-1252": self = .windows1252
        default: return nil
        }
    }

    /// Whether a declared name is one of UTF-16's.
    static func isUTF16(_ name: String) -> Bool {
        ["utf-16", "utf-16le", "utf-16be", "utf16", "ucs-2", "iso-10646-ucs-2"].contains(name.lowercased())
    }

    /// What the first bytes give away: a byte order mark, or a `<` that takes two bytes.
    static func detected(in bytes: UnsafeBufferPointer<UInt8>) -> (encoding: CharacterEncoding, markLength: Int)? {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { return (.utf8, 3) }
        guard bytes.count >= 2 else { return nil }
        switch (bytes[0], bytes[1]) {
        case (0xFF, 0xFE): return (.utf16LittleEndian, 2)
        case (0xFE, 0xFF): return (.utf16BigEndian, 2)
        case (0x3C, 0x00): return (.utf16LittleEndian, 0)
        case (0x00, 0x3C): return (.utf16BigEndian, 0)
        default: return nil
        }
    }

    /// The code point of a byte from 0x80 in an encoding of one byte a character; nil where it has none.
    func codePoint(ofHigh byte: UInt8) -> UInt32? {
        switch self {
        case .iso8859n1: UInt32(byte)
        case .iso8859n15: Self.latin9(byte)
        case .windows1252: byte < 0xA0 ? Self.windows1252(byte) : UInt32(byte)
        case .ascii, .utf8, .utf16LittleEndian, .utf16BigEndian: nil
        }
    }

    private static func latin9(_ byte: UInt8) -> UInt32 {
        switch byte {
        case 0xA4: 0x20AC
        case 0xA6: 0x0160
        case 0xA8: 0x0161
        case 0xB4: 0x017D
        case 0xB8: 0x017E
        case 0xBC: 0x0152
        case 0xBD: 0x0153
        case 0xBE: 0x0178
        default: UInt32(byte)
        }
    }

    private static func windows1252(_ byte: UInt8) -> UInt32? {
        let points: InlineArray<32, UInt16> = [
            0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
            0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
            0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
            0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
        ]
        let point = points[Int(byte - 0x80)]
        return point == 0 ? nil : UInt32(point)
    }
}

/// How a text's characters are put into bytes, as far as lines can be told apart by it.
enum TextEncoding: Equatable, Sendable {
    /// ASCII's bytes mean ASCII's characters: UTF-8, ISO 8859, windows-1252 …
    case ascii(markSize: Int)
    case utf16(isBigEndian: Bool, markSize: Int)
    case utf32

    /// Told by the byte order mark, or by the zeros beside the first character, which is ASCII.
    init(of head: some Collection<UInt8>) {
        let bytes = Array(head.prefix(4))
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            self = .ascii(markSize: 3)
        } else if [[0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF]].contains(bytes) {
            self = .utf32
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            self = .utf16(isBigEndian: false, markSize: 2)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            self = .utf16(isBigEndian: true, markSize: 2)
        } else {
            switch bytes.map({ $0 == 0 }) {
            case [false, true, true, true], [true, true, true, false]: self = .utf32
            case [false, true, false, true], [false, true]: self = .utf16(isBigEndian: false, markSize: 0)
            case [true, false, true, false], [true, false]: self = .utf16(isBigEndian: true, markSize: 0)
            default: self = .ascii(markSize: 0)
            }
        }
    }

    var markSize: Int {
        switch self {
        case .ascii(let markSize), .utf16(_, let markSize): markSize
        case .utf32: 0
        }
    }

    /// Turns the text to UTF-8 where it is not ASCII's.
    var decoder: UTF16Decoder? {
        guard case .utf16(let isBigEndian, _) = self else { return nil }
        return UTF16Decoder(isBigEndian: isBigEndian)
    }
}

/// UTF-16 on its way to UTF-8, in pieces that may be cut anywhere.
///
/// What is no character (half of a surrogate pair, a last byte alone) comes out as bytes that are no UTF-8, so that it
/// is refused in the record that it is in and harms no other.
struct UTF16Decoder: Sendable {
    private let isBigEndian: Bool
    private var firstByte: UInt8?
    private var leadingSurrogate: UInt16?

    init(isBigEndian: Bool) {
        self.isBigEndian = isBigEndian
    }

    mutating func decode(_ bytes: some Sequence<UInt8>, into output: inout [UInt8]) {
        for byte in bytes {
            guard let first = firstByte else {
                firstByte = byte
                continue
            }
            firstByte = nil
            let unit = isBigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first)
            decode(unit, into: &output)
        }
    }

    /// Gives out what is still open at the end of the text.
    mutating func finish(into output: inout [UInt8]) {
        if let leading = leadingSurrogate { Self.append(UInt32(leading), to: &output) }
        if firstByte != nil { output.append(0xFF) }
        leadingSurrogate = nil
        firstByte = nil
    }

    private mutating func decode(_ unit: UInt16, into output: inout [UInt8]) {
        if let leading = leadingSurrogate {
            leadingSurrogate = nil
            if UTF16.isTrailSurrogate(unit) {
                let scalar = 0x1_0000 + (UInt32(leading) & 0x3FF) << 10 + UInt32(unit) & 0x3FF
                return Self.append(scalar, to: &output)
            }
            Self.append(UInt32(leading), to: &output)
        }
        if UTF16.isLeadSurrogate(unit) {
            leadingSurrogate = unit
        } else {
            Self.append(UInt32(unit), to: &output)
        }
    }

    /// Spells a code point by UTF-8's scheme, surrogates too.
    private static func append(_ point: UInt32, to output: inout [UInt8]) {
        func continuation(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(point >> shift & 0x3F) }
        switch point {
        case ..<0x80: output.append(UInt8(point))
        case ..<0x800:
            output.append(0xC0 | UInt8(point >> 6))
            output.append(continuation(0))
        case ..<0x1_0000:
            output.append(0xE0 | UInt8(point >> 12))
            output.append(continuation(6))
            output.append(continuation(0))
        default:
            output.append(0xF0 | UInt8(point >> 18))
            output.append(continuation(12))
            output.append(continuation(6))
            output.append(continuation(0))
        }
    }
}

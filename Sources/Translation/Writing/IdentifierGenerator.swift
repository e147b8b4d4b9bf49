/// Makes the identifiers that nobody can know, from a seed and a record's number: the same for the same run, whatever the
/// number of workers.
package struct IdentifierGenerator: Sendable {
    private var state: UInt64

    package init(seed: UInt64, record: Int, part: Int = 0) {
        state = seed &+ UInt64(truncatingIfNeeded: record) &* 0xD6E8_FEB8_6659_FD93
        for _ in 0...part { state = next() }
    }

    /// SplitMix64: small, and good enough for names that must differ.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    private static let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)

    /// A unique message reference: 14 base-36 characters (contract section 6).
    mutating func reference() -> String {
        var text: [UInt8] = []
        text.reserveCapacity(14)
        for _ in 0..<14 { text.append(Self.alphabet[Int(next() % 36)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// 16 hexadecimal digits.
    package mutating func requestID() -> String {
        var text: [UInt8] = []
        text.reserveCapacity(16)
        Self.append(next(), digits: 16, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// A version 4 UUID whose first 32 bits are an epoch second (contract section 3.2).
    package mutating func balanceID(epochSecond: Int) -> String {
        let high = next()
        let low = next()
        let dash = UInt8(ascii: "-")
        var text: [UInt8] = []
        text.reserveCapacity(36)
        Self.append(UInt64(UInt32(truncatingIfNeeded: epochSecond)), digits: 8, to: &text)
        text.append(dash)
        Self.append(high, digits: 4, to: &text)
        text.append(dash)
        text.append(UInt8(ascii: "4"))
        Self.append(high >> 16, digits: 3, to: &text)
        text.append(dash)
        Self.append(0x8000 | low & 0x3FFF, digits: 4, to: &text)
        text.append(dash)
        Self.append(low >> 16, digits: 12, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The name by which an answer finds its query: `MDTP-GUA-` and 12 bytes in hexadecimal, those of the balance id
    /// where there is one (contract section 6).
    mutating func balanceReference(balanceID: String?) -> String {
        var text = Array("MDTP-GUA-".utf8)
        if let balanceID {
            let length = text.count + 24
            for byte in balanceID.utf8 where byte != UInt8(ascii: "-") && text.count < length { text.append(byte) }
        } else {
            Self.append(next(), digits: 16, to: &text)
            Self.append(next() >> 32, digits: 8, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The last digits of a number in hexadecimal.
    private static func append(_ value: UInt64, digits: Int, to text: inout [UInt8]) {
        for place in (0..<digits).reversed() { text.append(alphabet[Int(value >> UInt64(4 * place) & 0xF)]) }
    }
}

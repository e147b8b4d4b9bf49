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

    /// A unique message reference: 14 base-36 characters (contract section 6).
    mutating func reference() -> String {
        let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
        let bytes = (0..<14).map { _ in alphabet[Int(next() % 36)] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A version 4 UUID whose first 32 bits are an epoch second (contract section 3.2).
    package mutating func balanceID(epochSecond: Int) -> String {
        let high = next()
        let low = next()
        let parts = [
            hex(UInt64(UInt32(truncatingIfNeeded: epochSecond)), 8), hex(high & 0xFFFF, 4),
            "4" + hex(high >> 16 & 0xFFF, 3), hex(0x8000 | low & 0x3FFF, 4), hex(low >> 16, 12),
        ]
        return parts.joined(separator: "-")
    }

    /// The name by which an answer finds its query: `MDTP-GUA-` and 12 bytes in hexadecimal, those of the balance id
    /// where there is one (contract section 6).
    mutating func balanceReference(balanceID: String?) -> String {
        let digits = balanceID.map { $0.filter { $0 != "-" }.prefix(24) }
        return "MDTP-GUA-" + (digits.map(String.init) ?? hex(next(), 16) + hex(next() >> 32, 8))
    }

    private func hex(_ value: UInt64, _ digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text.suffix(digits)
    }
}

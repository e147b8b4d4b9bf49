/// Names for requests: 16 hexadecimal digits each, which differ as those do that are drawn at random. Chance is asked for once:
/// for each of them that would take the kernel longer than all else that is done with it.
struct RequestIDs {
    private var state = UInt64.random(in: .min ... .max)

    /// SplitMix64: no number comes twice before all have come.
    mutating func next() -> String {
        state &+= 0x9E37_79B9_7F4A_7C15
        var number = state
        number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
        number ^= number >> 31
        return String(unsafeUninitializedCapacity: 16) { digits in
            for index in 0..<16 {
                let digit = UInt8(truncatingIfNeeded: number >> (60 - 4 * UInt64(index))) & 0xF
                digits[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
            }
            return 16
        }
    }
}

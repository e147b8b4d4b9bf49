/// Values that guarantees have in the wild, at random.
package struct SampleValues {
    package var random: SeededRandom

    package init(random: SeededRandom) {
        self.random = random
    }

    private static let capitals = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    private static let digits = Array("0123456789")
    private static let small = Array("abcdefghijklmnopqrstuvwxyz")

    private mutating func characters(_ alphabet: [Character], _ count: Int) -> String {
        String((0..<count).map { _ in random.pick(alphabet) })
    }

    /// A GRN that v2.0 takes; the check digit fits one time in ten.
    package mutating func grn() -> String {
        characters(Self.digits, 2) + random.pick(["GB", "XI"]) + characters(Self.capitals + Self.digits, 12)
            + characters(Self.digits, 1)
    }

    /// A GRN that only v1.0 takes: another country, or a voucher's.
    package mutating func foreignGRN() -> String {
        random.chance(50)
            ? characters(Self.digits, 2) + random.pick(["DE", "FR", "IE"]) + characters(Self.digits, 13)
            : grn() + characters(Self.capitals, 1) + characters(Self.digits, 6)
    }

    package mutating func accessCode() -> String { characters(Self.capitals + Self.small + Self.digits, 4) }

    package mutating func tin() -> String {
        let length = random.pick([1, 3, 14, 17])
        return length == 14
            ? random.pick(["GB", "XI"]) + characters(Self.digits, 12) : characters(Self.capitals + Self.digits, length)
    }

    package mutating func currency() -> String {
        random.chance(70) ? random.pick(["GBP", "EUR"]) : characters(Self.capitals, 3)
    }

    package mutating func uuid() -> String {
        let hex = Self.digits + Array("abcdef")
        return [8, 4, 4, 4, 12].map { characters(hex, $0) }.joined(separator: "-")
    }

    package mutating func timestamp() -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = "\(random.int(in: 2005...2026))-\(two(random.int(in: 1...12)))-\(two(random.int(in: 1...28)))"
        let seconds = random.chance(30) ? "00" : two(random.below(60))
        let time = "\(two(random.below(24))):\(two(random.below(60))):\(seconds)"
        return "\(date)T\(time)\(random.chance(40) ? "." + characters(Self.digits, 3) : "")Z"
    }

    /// An amount as JSON spells it that XML can hold, perhaps spelled differently.
    package mutating func amount() -> String {
        switch random.below(4) {
        case 0:
            return random.pick([
                "0", "0.0", "0.10", "0.1", "-0", "-0.0", "0e5", "262626", "262626.0", "262626.00", "1.0E7", "1e7",
                "1E+7",
                "12345678.90", "12345678.9", "999999999999999", "1234567890123.45", "12345678901234.50", "0.5e1",
                "1E-2",
                "100000000000000", "0.99", "5.0e-1",
            ])
        case 1: return "\(random.int(in: 1...999_999_999_999))"
        case 2: return "\(random.below(1_000_000)).\(random.below(10))"
        default: return "\(random.below(1_000_000)).\(characters(Self.digits, 2))"
        }
    }

    /// An amount that no `Decimal_Max16` can hold, however it is spelled.
    package mutating func hugeAmount() -> String {
        random.pick([
            "-1", "0.001", "12345678901234567890.12", "1234567890123456", "1e400", "-0.01", "12345678901234.567",
            "1e15",
            "1E-3",
        ])
    }
}

import Foundation

/// SplitMix64: the same numbers from the same seed everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// The seed that NCTSBRIDGE_SEED sets, or a new one.
    static func seed() -> UInt64 {
        ProcessInfo.processInfo.environment["NCTSBRIDGE_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...999_999)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Makes one document in two spellings: at random, with white space and escapes as they fall, and as the compact writer
/// spells it.
struct DocumentGenerator {
    var random: SeededGenerator
    var spelled = ""
    var compact = ""

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        space()
        value(depth: 0)
        space()
    }

    private mutating func both(_ text: String) {
        spelled += text
        compact += text
    }

    private mutating func number(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    private mutating func oneIn(_ count: Int) -> Bool { number(below: count) == 0 }

    private mutating func space() {
        while oneIn(3) { spelled.unicodeScalars.append([" ", "\t", "\n", "\r"][number(below: 4)]) }
    }

    private mutating func value(depth: Int) {
        switch number(below: depth > 5 ? 6 : 10) {
        case 0: both("true")
        case 1: both("false")
        case 2: both("null")
        case 3: lexeme()
        case 4, 5: string(prefix: "")
        case 6, 7:
            both("[")
            for index in 0..<number(below: 6) {
                if index > 0 { both(",") }
                item(depth: depth)
            }
            space()
            both("]")
        default:
            both("{")
            for index in 0..<number(below: oneIn(8) ? 40 : 6) {
                if index > 0 { both(",") }
                space()
                // With the colon no name can come twice: 2 and "8" are not 28.
                string(prefix: "\(index):")
                space()
                both(":")
                item(depth: depth)
            }
            space()
            both("}")
        }
    }

    private mutating func item(depth: Int) {
        space()
        value(depth: depth + 1)
        space()
    }

    private mutating func lexeme() {
        if oneIn(3) { both("-") }
        both(oneIn(3) ? "0" : "\(number(below: 9) + 1)\(oneIn(2) ? "\(random.next())" : "")")
        if oneIn(2) { both(".\(oneIn(2) ? "0" : "")\(number(below: 1000))0") }
        if oneIn(4) { both("\(oneIn(2) ? "e" : "E")\(["", "+", "-"][number(below: 3)])0\(number(below: 500))") }
    }

    private mutating func string(prefix: String) {
        both("\"\(prefix)")
        for _ in 0..<number(below: 12) { character() }
        both("\"")
    }

    private mutating func character() {
        let limits: [UInt32] = [0x20, 0x80, 0x80, 0x80, 0x800, 0x1_0000, 0x11_0000]
        guard let scalar = Unicode.Scalar(UInt32.random(in: 0..<limits[number(below: limits.count)], using: &random))
        else { return }
        let short: [Unicode.Scalar: String] = [
            "\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u{8}": "\\b", "\u{C}": "\\f",
        ]
        let canonical = short[scalar] ?? (scalar.value < 0x20 ? Self.escape(scalar) : String(scalar))
        let other = scalar == "/" ? "\\/" : Self.escape(scalar, uppercase: oneIn(2))
        compact.unicodeScalars.append(contentsOf: canonical.unicodeScalars)
        spelled.unicodeScalars.append(contentsOf: (oneIn(4) ? other : canonical).unicodeScalars)
    }

    /// `\uXXXX`, or two of them as a surrogate pair.
    private static func escape(_ scalar: Unicode.Scalar, uppercase: Bool = false) -> String {
        String(scalar).utf16.map { unit in
            let digits = String(unit, radix: 16, uppercase: uppercase)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}

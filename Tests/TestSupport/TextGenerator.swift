package import Translation

/// Makes texts that a type allows: by its pattern's expression and its lengths, boundaries more often than not.
package struct TextGenerator {
    package var random: SeededRandom

    package init(random: SeededRandom) {
        self.random = random
    }

    /// A text of the type; without pattern and lengths, any text.
    package mutating func text(of type: ValueType) -> String {
        guard type.values.isEmpty else { return random.pick(type.values) }
        let minimum = type.length ?? type.minimumLength ?? 0
        let maximum = type.length ?? type.maximumLength ?? max(minimum, 40)
        guard let pattern = type.pattern else { return anyText(minimum...maximum) }
        // A pattern may allow what a length forbids: 16 characters of an amount, say.
        for _ in 0..<100 {
            let text = self.text(of: pattern.root, atMost: maximum)
            if (minimum...maximum).contains(text.unicodeScalars.count) { return text }
        }
        return text(of: pattern.root, atMost: maximum)
    }

    /// A text that the expression matches, with open repetitions of no more than `limit`.
    package mutating func text(of expression: Pattern.Expression, atMost limit: Int = 40) -> String {
        switch expression {
        case .scalar(let set):
            return String(Character(scalar(in: set)))
        case .sequence(let parts):
            var text = ""
            for part in parts { text.unicodeScalars += self.text(of: part, atMost: limit).unicodeScalars }
            return text
        case .alternatives(let branches):
            return text(of: random.pick(branches), atMost: limit)
        case .repeated(let inner, let minimum, let maximum):
            let count = self.count(minimum...max(minimum, min(maximum, limit)))
            if case .scalar(let set) = inner, set.isNegated { return freeText(count, without: set.ranges) }
            var text = ""
            for _ in 0..<count { text.unicodeScalars += self.text(of: inner, atMost: limit).unicodeScalars }
            return text
        }
    }

    /// A length: the shortest, the longest, or one between.
    package mutating func count(_ range: ClosedRange<Int>) -> Int {
        switch random.below(6) {
        case 0: range.lowerBound
        case 1: range.upperBound
        default: random.int(in: range.lowerBound...min(range.upperBound, range.lowerBound + 12))
        }
    }

    package mutating func anyText(_ range: ClosedRange<Int>) -> String {
        freeText(count(range), without: [])
    }

    /// A text of any characters but some, without white space that XML would collapse.
    private mutating func freeText(_ count: Int, without excluded: [ClosedRange<UInt32>]) -> String {
        var text = String.UnicodeScalarView()
        for position in 0..<count {
            var scalar = scalar(without: excluded)
            let isEnd = position == 0 || position == count - 1
            if scalar == " ", isEnd || text.last == " " { scalar = "-" }
            text.append(scalar)
        }
        if text.last == " " {
            text.removeLast()
            text.append("-")
        }
        return String(text)
    }

    private static let common = Array(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 <>&'\"()[]/~.,;:!?%$#@*+-=_{}|\\".unicodeScalars
    )
    private static let rare = Array("éÄßñØœĐΩЖ中文漢字日本語한국어\u{301}\u{A0}\u{2028}€™😀\u{10FFFD}\u{7F}\u{85}".unicodeScalars)
    private static let letters = Array("éÄßØЖΩ中字한ʰǅ".unicodeScalars)
    private static let digits = Array("٣९𝟗".unicodeScalars)

    private static let asciiLetters = common.filter(\.properties.isAlphabetic)
    private static let asciiDigits = Array("0123456789".unicodeScalars)

    private mutating func scalar(in set: Pattern.ScalarSet) -> Unicode.Scalar {
        guard !set.isNegated else { return scalar(without: set.ranges) }
        let choice = random.below(set.ranges.count + set.categories.count)
        guard choice >= set.ranges.count else {
            let range = set.ranges[choice]
            return Unicode.Scalar(range.lowerBound + UInt32(random.below(range.count))) ?? "?"
        }
        let isASCII = random.chance(85)
        switch set.categories[choice - set.ranges.count] {
        case .letter: return random.pick(isASCII ? Self.asciiLetters : Self.letters)
        case .decimalDigit: return random.pick(isASCII ? Self.asciiDigits : Self.digits)
        }
    }

    private mutating func scalar(without excluded: [ClosedRange<UInt32>]) -> Unicode.Scalar {
        for _ in 0..<100 {
            let scalar = random.chance(96) ? random.pick(Self.common) : random.pick(Self.rare)
            if !excluded.contains(where: { $0.contains(scalar.value) }) { return scalar }
        }
        return "a"
    }
}

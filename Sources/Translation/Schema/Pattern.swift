/// A regular expression of the subset that XSD patterns and the project's JSON Schemas share: literals, `.`, classes with
/// ranges and negation, `\p{L}` and `\p{Nd}`, groups, alternatives, and the quantifiers `*`, `+`, `?`, `{n}`, `{n,m}`.
///
/// A whole value must match, as in XSD. It works on Unicode scalars and takes no dependency, so that values are checked
/// the same way for both syntaxes and without a regular expression engine in the hot path.
package struct Pattern: Sendable {
    package let source: String
    package let root: Expression

    package init(_ source: String) throws(SchemaError) {
        var parser = PatternParser(source)
        self.source = source
        root = try parser.parse()
    }

    package func matches(_ text: ArraySlice<UInt8>) -> Bool {
        // Nearly every type is one class repeated: no scalars need to be gathered for that.
        if case .repeated(.scalar(let set), let minimum, let maximum) = root {
            var count = 0
            for scalar in UTF8Scalars(text) {
                count += 1
                if count > maximum || !set.contains(scalar) { return false }
            }
            return count >= minimum
        }
        let scalars = Array(UTF8Scalars(text))
        return Self.match(root, scalars, 0) { $0 == scalars.count }
    }

    package func matches(_ text: String) -> Bool { matches(Array(text.utf8)[...]) }

    /// Matches `expression` from `start` and asks `rest` whether what follows the match fits.
    private static func match(
        _ expression: Expression, _ text: [Unicode.Scalar], _ start: Int, _ rest: (Int) -> Bool
    ) -> Bool {
        switch expression {
        case .scalar(let set):
            return start < text.count && set.contains(text[start]) && rest(start + 1)
        case .sequence(let parts):
            return matchSequence(parts[...], text, start, rest)
        case .alternatives(let branches):
            return branches.contains { match($0, text, start, rest) }
        case .repeated(.scalar(let set), let minimum, let maximum):
            var end = start
            while end < text.count, end - start < maximum, set.contains(text[end]) { end += 1 }
            while end - start >= minimum {
                if rest(end) { return true }
                end -= 1
            }
            return false
        case .repeated(let inner, let minimum, let maximum):
            if minimum == 0, rest(start) { return true }
            guard maximum > 0 else { return false }
            return match(inner, text, start) { next in
                guard next > start else { return false }
                let remaining = maximum == Int.max ? maximum : maximum - 1
                return match(.repeated(inner, max(0, minimum - 1), remaining), text, next, rest)
            }
        }
    }

    private static func matchSequence(
        _ parts: ArraySlice<Expression>, _ text: [Unicode.Scalar], _ start: Int, _ rest: (Int) -> Bool
    ) -> Bool {
        guard let first = parts.first else { return rest(start) }
        return match(first, text, start) { matchSequence(parts.dropFirst(), text, $0, rest) }
    }
}

extension Pattern {
    package indirect enum Expression: Sendable {
        case scalar(ScalarSet)
        case sequence([Expression])
        case alternatives([Expression])
        case repeated(Expression, Int, Int)
    }

    package struct ScalarSet: Sendable {
        package enum Category: Sendable { case letter, decimalDigit }
        package var ranges: [ClosedRange<UInt32>] = []
        package var categories: [Category] = []
        package var isNegated = false

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            (ranges.contains { $0.contains(scalar.value) } || categories.contains { Self.holds($0, scalar) })
                != isNegated
        }

        private static func holds(_ category: Category, _ scalar: Unicode.Scalar) -> Bool {
            switch (category, scalar.properties.generalCategory) {
            case (.decimalDigit, .decimalNumber): true
            case (.letter, .uppercaseLetter), (.letter, .lowercaseLetter), (.letter, .titlecaseLetter),
                (.letter, .modifierLetter), (.letter, .otherLetter):
                true
            default: false
            }
        }
    }
}

/// The scalars of a UTF-8 text.
struct UTF8Scalars: Sequence, IteratorProtocol {
    private var bytes: ArraySlice<UInt8>.Iterator
    private var decoder = UTF8()

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes.makeIterator()
    }

    mutating func next() -> Unicode.Scalar? {
        switch decoder.decode(&bytes) {
        case .scalarValue(let scalar): scalar
        case .emptyInput: nil
        case .error: "\u{FFFD}"
        }
    }
}

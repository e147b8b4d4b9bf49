import Synchronization

/// A regular expression of the subset that XSD patterns and the project's JSON Schemas share: literals, `.`, classes with
/// ranges and negation, `\p{L}` and `\p{Nd}`, groups, alternatives, and the quantifiers `*`, `+`, `?`, `{n}`, `{n,m}`.
///
/// A whole value must match, as in XSD. It works on Unicode scalars and takes no dependency, so that values are checked
/// the same way for both syntaxes and without a regular expression engine in the hot path.
package final class Pattern: Sendable {
    package let source: String
    package let root: Expression
    /// Built when the first value is looked at: most patterns of a run never are.
    private let built = AtomicLazyReference<PatternAutomaton>()

    package init(_ source: String) throws(SchemaError) {
        var parser = PatternParser(source)
        self.source = source
        root = try parser.parse()
        try PatternAutomaton.check(root, source: source)
    }

    package func matches(_ text: ArraySlice<UInt8>) -> Bool {
        // Nearly every type is one class repeated: no machine needs to be built for that.
        guard case .repeated(.scalar(let set), let minimum, let maximum) = root else {
            return automaton.matches(text)
        }
        var count = 0
        for scalar in UTF8Scalars(text) {
            count += 1
            if count > maximum || !set.contains(scalar) { return false }
        }
        return count >= minimum
    }

    /// The same for a text of ASCII, without a copy; nil where it takes a closer look.
    func matchesASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool? { automaton.matchesASCII(text) }

    private var automaton: PatternAutomaton { built.load() ?? built.storeIfNil(PatternAutomaton(root)) }

    package func matches(_ text: String) -> Bool { matches(Array(text.utf8)[...]) }
}

extension Pattern {
    package indirect enum Expression: Sendable {
        case scalar(ScalarSet)
        case sequence([Expression])
        case alternatives([Expression])
        case repeated(Expression, Int, Int)
    }

    package struct ScalarSet: Sendable, Equatable {
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

/// Parses the regular expressions that `Pattern` runs.
struct PatternParser {
    private let source: String
    private var rest: ArraySlice<Unicode.Scalar>

    init(_ source: String) {
        self.source = source
        var scalars = Array(source.unicodeScalars)[...]
        // JSON Schema patterns match anywhere unless they are anchored; ours always are.
        if scalars.first == "^", scalars.last == "$" { scalars = scalars.dropFirst().dropLast() }
        rest = scalars
    }

    mutating func parse() throws(SchemaError) -> Pattern.Expression {
        let expression = try alternatives()
        guard rest.isEmpty else { throw problem("\")\" without \"(\"") }
        return expression
    }

    private mutating func alternatives() throws(SchemaError) -> Pattern.Expression {
        var branches = [try sequence()]
        while rest.first == "|" {
            rest.removeFirst()
            branches.append(try sequence())
        }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(SchemaError) -> Pattern.Expression {
        var parts: [Pattern.Expression] = []
        while let next = rest.first, next != "|", next != ")" {
            parts.append(try quantified())
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func quantified() throws(SchemaError) -> Pattern.Expression {
        let atom = try atom()
        switch rest.first {
        case "*": return repeated(atom, 0, Int.max)
        case "+": return repeated(atom, 1, Int.max)
        case "?": return repeated(atom, 0, 1)
        case "{":
            guard let close = rest.firstIndex(of: "}") else { throw problem("\"{\" without \"}\"") }
            let text = String(String.UnicodeScalarView(rest[(rest.startIndex + 1)..<close]))
            rest = rest[(close + 1)...]
            let bounds = text.split(separator: ",", omittingEmptySubsequences: false)
            guard let minimum = Int(bounds[0]) else { throw problem("a quantifier without a number") }
            guard bounds.count > 1 else { return .repeated(atom, minimum, minimum) }
            return .repeated(atom, minimum, Int(bounds[1]) ?? Int.max)
        default: return atom
        }
    }

    private mutating func repeated(_ atom: Pattern.Expression, _ minimum: Int, _ maximum: Int) -> Pattern.Expression {
        rest.removeFirst()
        return .repeated(atom, minimum, maximum)
    }

    private mutating func atom() throws(SchemaError) -> Pattern.Expression {
        switch rest.removeFirst() {
        case "(":
            let group = try alternatives()
            guard rest.popFirst() == ")" else { throw problem("\"(\" without \")\"") }
            return group
        case "[": return .scalar(try characterClass())
        case ".":
            var set = Pattern.ScalarSet()
            set.ranges = [0x0A...0x0A, 0x0D...0x0D]
            set.isNegated = true
            return .scalar(set)
        case "\\":
            var set = Pattern.ScalarSet()
            try escape(into: &set)
            return .scalar(set)
        case let other where "*+?{}]".unicodeScalars.contains(other):
            throw problem("\"\(other)\" where a character was due")
        case let literal:
            return .scalar(Pattern.ScalarSet(ranges: [literal.value...literal.value]))
        }
    }

    private mutating func characterClass() throws(SchemaError) -> Pattern.ScalarSet {
        var set = Pattern.ScalarSet()
        if rest.first == "^" {
            rest.removeFirst()
            set.isNegated = true
        }
        while let next = rest.popFirst() {
            if next == "]" { return set }
            if next == "\\" {
                try escape(into: &set)
            } else if rest.first == "-", let end = rest.dropFirst().first, end != "]" {
                rest.removeFirst(2)
                guard next.value <= end.value else { throw problem("a range that runs backwards") }
                set.ranges.append(next.value...end.value)
            } else {
                set.ranges.append(next.value...next.value)
            }
        }
        throw problem("\"[\" without \"]\"")
    }

    private mutating func escape(into set: inout Pattern.ScalarSet) throws(SchemaError) {
        guard let next = rest.popFirst() else { throw problem("\"\\\" at the end") }
        guard next == "p" else {
            guard !next.properties.isAlphabetic, !("0"..."9").contains(next) else {
                throw problem("an escape that is not supported: \\\(next)")
            }
            set.ranges.append(next.value...next.value)
            return
        }
        let name = String(String.UnicodeScalarView(rest.prefix { $0 != "}" })) + "}"
        rest = rest.dropFirst(name.unicodeScalars.count)
        switch name {
        case "{L}": set.categories.append(.letter)
        case "{Nd}": set.categories.append(.decimalDigit)
        default: throw problem("a category that is not supported: \\p\(name)")
        }
    }

    private func problem(_ message: String) -> SchemaError {
        SchemaError(path: "", message: "pattern \(source): \(message)")
    }
}

import GuaranteeModel
import JSONMessages

/// A leaf's type, laid out so that nearly every value is checked by one table look-up for each of its bytes.
final class PlainCheck: Sendable {
    let type: ValueType
    let kind: WireTree.Kind
    private let syntax: WireTree.Syntax
    /// Where the pattern is one class repeated, or there is none.
    private let run: PlainStep?
    /// Where it is no class repeated, and nothing but a pattern and lengths.
    private let pattern: Pattern?
    /// Whether any number will do, or any that is whole.
    let isAnyNumber: Bool
    private let isAnyInteger: Bool
    private let minimum: Int
    private let maximum: Int

    init(_ type: ValueType, _ syntax: WireTree.Syntax) {
        self.type = type
        self.syntax = syntax
        kind = type.wireKind(syntax)
        var minimum = max(type.length ?? 0, type.minimumLength ?? 0, syntax == .xml ? 1 : 0)
        var maximum = min(type.length ?? .max, type.maximumLength ?? .max)
        var isRun = type.values.isEmpty && kind == .string
        var allows: (Unicode.Scalar) -> Bool = { _ in true }
        switch type.pattern?.root {
        case .repeated(.scalar(let set), let least, let most)?:
            minimum = max(minimum, least)
            maximum = min(maximum, most)
            allows = set.contains
        case .scalar(let set)?:
            minimum = max(minimum, 1)
            maximum = min(maximum, 1)
            allows = set.contains
        case nil: break
        default: isRun = false
        }
        var bits: (low: UInt64, high: UInt64) = (0, 0)
        for value in UInt8(0)..<0x80 where allows(Unicode.Scalar(value)) {
            if value < 64 { bits.low |= 1 << UInt64(value) } else { bits.high |= 1 << UInt64(value - 64) }
        }
        run =
            isRun
            ? PlainStep(
                kind: .moved, isXML: syntax == .xml, minimum: Int32(clamping: minimum),
                maximum: Int32(clamping: maximum), low: bits.low, high: bits.high)
            : nil
        let isFree =
            kind == .number && type.pattern == nil && type.values.isEmpty && minimum == 0 && maximum == .max
        isAnyNumber = isFree && type.kind == .number
        isAnyInteger = isFree && type.kind == .integer
        pattern = isRun || kind != .string || !type.values.isEmpty ? nil : type.pattern
        self.minimum = minimum
        self.maximum = maximum
    }

    /// As a step has it; nil where it is more than a class repeated.
    func step(_ kind: PlainStep.Kind, slot: Int) -> PlainStep? {
        guard var step = run else { return nil }
        step.kind = kind
        step.slot = Int32(slot)
        return step
    }

    /// Whether the type allows a value, and, in XML, it is spelled without white space that does not count.
    func accepts(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if let run {
            if run.accepts(text) { return true }
        } else if isAnyNumber {
            return JSONText.isNumber(text.span)
        } else if isAnyInteger, !text.isEmpty, text.count < 19, text.allSatisfy({ 0x30...0x39 ~= $0 }) {
            return JSONText.isNumber(text.span)
        } else if let pattern, let isMatch = pattern.matchesASCII(text) {
            return isMatch && text.count >= minimum && text.count <= maximum && (syntax == .json || isCollapsed(text))
        }
        let text = Array(text)[...]
        guard syntax == .json || isCollapsed(text) else { return false }
        // Of ASCII each byte is a character.
        guard let pattern, text.allSatisfy({ $0 < 0x80 }) else { return allows(text) }
        return text.count >= minimum && text.count <= maximum && pattern.matches(text)
    }

    func accepts(_ text: ArraySlice<UInt8>) -> Bool { text.withUnsafeBufferPointer { accepts($0) } }

    private func allows(_ text: ArraySlice<UInt8>) -> Bool {
        guard type.violation(in: text, kind: kind, syntax: syntax) == nil else { return false }
        return kind != .number || JSONText.isNumber(text.span)
    }

    private func isCollapsed(_ text: some Sequence<UInt8>) -> Bool {
        var before: UInt8 = 0x20
        for byte in text {
            if byte.isXMLSpace, byte != 0x20 || before == 0x20 { return false }
            before = byte
        }
        return before != 0x20
    }
}

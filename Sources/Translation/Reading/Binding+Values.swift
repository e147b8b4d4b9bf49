import GuaranteeModel
import JSONMessages

/// A leaf's text to the hub and back.
extension Rule.Binding {
    /// What a leaf's text says of the hub's field; nil where it says nothing that the hub can hold.
    ///
    /// - Parameter known: the field's text so far: date and time are two leaves of one point in time.
    func hubText(from text: String, known: String?) -> String? {
        switch self {
        case .move, .alias, .spelling: text
        case .amount: Amount(text) == nil ? nil : text
        case .integer: Amount(text).flatMap { $0.isIntegral ? $0.plain : nil }
        case .date: PointInTime.date(fromDigits: text)
        case .time: known.flatMap { PointInTime.adding(time: text, to: $0) }
        case .timestamp: PointInTime.isTimestamp(text) ? text : nil
        case .template(let prefix, let suffix, _): Self.inside(text, prefix, suffix)
        }
    }

    /// How a leaf spells the hub's text; nil where it can't.
    func wireText(from text: String, type: ValueType, syntax: WireTree.Syntax) -> String? {
        switch self {
        case .move, .alias, .spelling: return text
        case .amount:
            let bytes = Array(text.utf8)
            if type.violation(in: bytes[...], kind: .number, syntax: syntax) == nil, Self.spells(bytes, syntax) {
                return text
            }
            return Amount(text)?.plain ?? text
        case .integer(_, let digits):
            let missing = digits - text.utf8.count
            return missing > 0 && !text.hasPrefix("-") ? String(repeating: "0", count: missing) + text : text
        case .date: return PointInTime.dateDigits(of: text)
        case .time: return PointInTime.timeDigits(of: text)
        case .timestamp: return PointInTime.timestamp(of: text)
        case .template(let prefix, let suffix, _): return prefix + text + suffix
        }
    }

    /// Whether the leaves of this binding together say all that the hub's text says.
    func keepsMeaning(of text: String) -> Bool {
        switch self {
        case .date, .time: PointInTime.isExactToTheMinute(text)
        default: true
        }
    }

    /// Whether reading what was written gives the hub's text, letter for letter.
    func isExact(_ wireText: String, of text: String) -> Bool {
        switch self {
        case .alias: false
        case .date, .time: PointInTime.isExactToTheMinute(text)
        case .move, .amount, .integer, .timestamp, .template, .spelling: hubText(from: wireText, known: nil) == text
        }
    }

    /// Whether a leaf's text is what the hub's text spells: if not, the spelling is lost.
    func spells(_ wireText: String, from text: String, type: ValueType, syntax: WireTree.Syntax) -> Bool {
        guard isWritten else { return false }
        return self.wireText(from: text, type: type, syntax: syntax).map { $0.utf8.elementsEqual(wireText.utf8) }
            ?? false
    }

    private static func spells(_ number: [UInt8], _ syntax: WireTree.Syntax) -> Bool {
        syntax == .xml || JSONText.isNumber(number.span)
    }

    private static func inside(_ text: String, _ prefix: String, _ suffix: String) -> String? {
        let text = text.utf8
        guard text.count >= prefix.utf8.count + suffix.utf8.count, text.starts(with: prefix.utf8),
            text.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
        else { return nil }
        return String(Substring(text.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count)))
    }
}

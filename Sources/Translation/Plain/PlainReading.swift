import GuaranteeModel
import XMLMessages

/// What a plain message says: the hub's values, each as the bytes of a leaf's text. Used again for each message.
final class PlainReading {
    struct Value {
        /// Where the text lies among the message's texts; -1: the message does not say it.
        var start = -1
        var count = 0
        /// Whether one of its leaves is spelled as the value would be.
        var isExact = false
        /// Its text, where the leaves' are not the hub's.
        var text: String?

        /// Whether the message says it with the very bytes.
        var isBytes: Bool { start >= 0 && text == nil }
    }

    private(set) var values = [Value](repeating: Value(), count: HubField.allCases.count)
    /// By the message's elements: whether the hub's value spells the leaf again.
    private(set) var isExact: [Bool] = []

    /// The slots that hold bytes of the message; 0 where one holds anything else.
    var filled: UInt32 {
        var filled: UInt32 = 0
        for (slot, value) in values.enumerated() where value.start >= 0 {
            guard value.text == nil else { return 0 }
            filled |= 1 << UInt32(slot)
        }
        return filled
    }

    static let grn = HubField.allCases.firstIndex(of: .grn) ?? 0

    /// Checks a message's leaves and takes their values.
    ///
    /// - Returns: false where anything is not as it should be.
    func take(_ message: borrowing ShapedMessage, as source: PlainSource) -> Bool {
        // What is changed for each element is held here meanwhile: a class's own is looked after at each access.
        var (values, exact) = ([Value](), [Bool]())
        swap(&values, &self.values)
        swap(&exact, &isExact)
        defer {
            swap(&values, &self.values)
            swap(&exact, &isExact)
        }
        Self.forget(&values)
        exact.removeAll(keepingCapacity: true)
        let steps = source.steps
        return message.texts.withUnsafeBufferPointer { texts in
            var guarantees = source.list == nil ? 1 : 0
            for entry in message.elements {
                let step = steps[Int(entry.element)]
                exact.append(false)
                let text = UnsafeBufferPointer(rebasing: texts[Int(entry.start)..<Int(entry.start + entry.count)])
                switch step.kind {
                case .group: continue
                case .list: guarantees += 1
                case .lost where step.accepts(text): continue
                case .moved where step.accepts(text), .amount where Self.isDecimal(text):
                    guard Self.set(&values[Int(step.slot)], text, Int(entry.start), texts) else { return false }
                    exact[exact.count - 1] = true
                case .lost, .moved, .amount, .other:
                    let element = source.elements[Int(entry.element)]
                    guard !element.isForeign, let check = element.check, check.accepts(text) else { return false }
                    if let constant = element.constant, !text.elementsEqual(constant) { return false }
                    guard element.slot >= 0, let binding = element.binding else { continue }
                    guard
                        Self.take(
                            text, Int(entry.start), texts, binding, element, source, &values[element.slot],
                            &exact[exact.count - 1])
                    else { return false }
                }
            }
            guard guarantees == 1 else { return false }
            let grn = values[Self.grn]
            guard grn.start >= 0 else { return true }
            // What is worth a warning goes the other way.
            return GRN.hasValidCheckDigit(
                UnsafeBufferPointer(rebasing: texts[grn.start..<grn.start + grn.count])) == true
        }
    }

    private static func take(
        _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ texts: UnsafeBufferPointer<UInt8>, _ binding: Rule.Binding,
        _ element: PlainSource.Element, _ source: PlainSource, _ value: inout Value, _ isExact: inout Bool
    ) -> Bool {
        switch binding {
        case .move:
            isExact = true
            return set(&value, text, start, texts)
        case .amount:
            isExact = true
            return (isDecimal(text) || Amount(String(decoding: text, as: UTF8.self)) != nil)
                && set(&value, text, start, texts)
        case .template(let prefix, let suffix, _):
            let (before, after) = (prefix.utf8.count, suffix.utf8.count)
            guard text.count >= before + after, text.starts(with: prefix.utf8),
                text.suffix(after).elementsEqual(suffix.utf8)
            else { return true }
            isExact = true
            return set(
                &value, UnsafeBufferPointer(rebasing: text[before..<text.count - after]), start + before, texts)
        case .integer, .date, .time, .timestamp:
            // Where nobody says it, it is lost, whatever it says.
            guard source.target?.writes[element.slot] ?? true else { return true }
            let known = value.text
            if known != nil { guard case .time = binding else { return false } }
            let spelled = String(decoding: text, as: UTF8.self)
            guard let read = binding.hubText(from: spelled, known: known), let type = element.check?.type else {
                return true
            }
            value.start = start
            value.text = read
            isExact = binding.spells(spelled, from: read, type: type, syntax: source.plan.format.syntax)
            value.isExact = value.isExact || isExact
            return true
        case .alias, .spelling: return false
        }
    }

    /// - Parameter range: where the text lies among the message's.
    func set(_ slot: Int, _ range: Range<Int>) {
        values[slot] = Value(start: range.lowerBound, count: range.count, isExact: true)
    }

    func forget() { Self.forget(&values) }

    private static func forget(_ values: inout [Value]) {
        for index in values.indices where values[index].start >= 0 { values[index] = Value() }
    }

    /// Two leaves that say the same are one value.
    private static func set(
        _ value: inout Value, _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ texts: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard value.start >= 0 else {
            value = Value(start: start, count: text.count, isExact: true)
            return true
        }
        return value.isBytes && value.count == text.count
            && text.elementsEqual(texts[value.start..<value.start + value.count])
    }

    /// Whether a text is digits with a fraction and a sign at most: an amount, without a look at what it amounts to.
    private static func isDecimal(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var digits = 0
        var hasPoint = false
        for (position, byte) in text.enumerated() {
            switch byte {
            case 0x30...0x39: digits += 1
            case UInt8(ascii: "-") where position == 0: continue
            case UInt8(ascii: ".") where digits > 0 && !hasPoint:
                hasPoint = true
                digits = 0
            default: return false
            }
        }
        return digits > 0
    }
}

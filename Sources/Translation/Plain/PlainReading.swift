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

    /// The texts of the message that is being taken.
    private var texts: [UInt8] = []

    static let grn = HubField.allCases.firstIndex(of: .grn) ?? 0

    /// Checks a message's leaves and takes their values.
    ///
    /// - Returns: false where anything is not as it should be.
    func take(_ message: borrowing ShapedMessage, as source: PlainSource) -> Bool {
        for index in values.indices where values[index].start >= 0 { values[index] = Value() }
        isExact.removeAll(keepingCapacity: true)
        texts = message.texts
        defer { texts = [] }
        var guarantees = source.list == nil ? 1 : 0
        for entry in message.elements {
            let element = source.elements[Int(entry.element)]
            isExact.append(false)
            if element.isForeign { return false }
            guard let check = element.check else {
                if Int(entry.element) == source.list { guarantees += 1 }
                continue
            }
            let range = Int(entry.start)..<Int(entry.start + entry.count)
            guard check.accepts(message.texts[range]) else { return false }
            if let constant = element.constant, !message.texts[range].elementsEqual(constant) {
                return false
            }
            guard element.slot >= 0, let binding = element.binding else { continue }
            guard take(message.texts[range], range.lowerBound, binding, element, source) else { return false }
        }
        guard guarantees == 1 else { return false }
        let grn = values[Self.grn]
        guard grn.start >= 0 else { return true }
        // What is worth a warning goes the other way.
        return GRN.hasValidCheckDigit(message.texts[grn.start..<grn.start + grn.count]) == true
    }

    private func take(
        _ text: ArraySlice<UInt8>, _ start: Int, _ binding: Rule.Binding, _ element: PlainSource.Element,
        _ source: PlainSource
    ) -> Bool {
        let slot = element.slot
        switch binding {
        case .move: return set(slot, start, text.count)
        case .amount:
            return Amount(String(decoding: text, as: UTF8.self)) != nil && set(slot, start, text.count)
        case .template(let prefix, let suffix, _):
            let (before, after) = (prefix.utf8.count, suffix.utf8.count)
            guard text.count >= before + after, text.starts(with: prefix.utf8),
                text.suffix(after).elementsEqual(suffix.utf8)
            else { return true }
            return set(slot, start + before, text.count - before - after)
        case .integer, .date, .time, .timestamp:
            // Where nobody says it, it is lost, whatever it says.
            guard source.target?.writes[slot] ?? true else { return true }
            let known = values[slot].text
            if known != nil { guard case .time = binding else { return false } }
            guard let value = binding.hubText(from: String(decoding: text, as: UTF8.self), known: known),
                let type = element.check?.type
            else { return true }
            values[slot].start = start
            values[slot].text = value
            let isSpelled = binding.spells(
                String(decoding: text, as: UTF8.self), from: value, type: type, syntax: source.plan.format.syntax)
            isExact[isExact.count - 1] = isSpelled
            values[slot].isExact = values[slot].isExact || isSpelled
            return true
        case .alias, .spelling: return false
        }
    }

    func set(_ slot: Int, text: String) { values[slot] = Value(start: 0, text: text) }

    private func set(_ slot: Int, _ start: Int, _ count: Int) -> Bool {
        if values[slot].start < 0 {
            values[slot] = Value(start: start, count: count, isExact: true)
        } else {
            // Two leaves that say the same are one value.
            let value = values[slot]
            guard value.isBytes, value.count == count,
                texts[start..<start + count] == texts[value.start..<value.start + count]
            else { return false }
        }
        isExact[isExact.count - 1] = true
        return true
    }
}

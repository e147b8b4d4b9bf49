/// Texts as XML 1.0 spells them.
package enum XMLEscaping {
    /// Appends a text, with what can't stand for itself as a reference.
    ///
    /// - Parameters:
    ///   - text: UTF-8.
    ///   - node: the node to name in an error.
    ///   - isQuoted: whether the text stands between `"`, as an attribute's value.
    package static func append(
        _ text: ArraySlice<UInt8>, of node: Int, isQuoted: Bool, to output: inout [UInt8]
    ) throws(XMLWritingError) {
        var written = text.startIndex
        for index in text.indices where needsAttention(text[index]) {
            if text[index] == 0x22, !isQuoted { continue }
            guard let reference = try reference(forByteAt: index, of: text, node: node) else { continue }
            output.append(contentsOf: text[written..<index])
            reference.withUTF8Buffer { output.append(contentsOf: $0) }
            written = index + 1
        }
        output.append(contentsOf: text[written...])
    }

    /// Whether a byte may be one that can't stand for itself: a control, `"`, `&`, `<`, `>`, or the lead of U+F000 on.
    private static func needsAttention(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0x22 || byte == 0xEF
    }

    /// What is written for a byte; nil for the byte itself.
    private static func reference(
        forByteAt index: Int, of text: ArraySlice<UInt8>, node: Int
    ) throws(XMLWritingError) -> StaticString? {
        switch text[index] {
        case 0x26: return "&amp;"
        case 0x3C: return "&lt;"
        case 0x3E: return "&gt;"
        case 0x22: return "&quot;"
        case 0x09: return "&#9;"
        case 0x0A: return "&#10;"
        case 0x0D: return "&#13;"
        case 0xEF:
            guard index + 2 < text.endIndex, text[index + 1] == 0xBF, text[index + 2] >= 0xBE else { return nil }
            throw XMLWritingError(node: node, scalar: 0xFFC0 + UInt32(text[index + 2] & 0x3F))
        case let control: throw XMLWritingError(node: node, scalar: UInt32(control))
        }
    }
}

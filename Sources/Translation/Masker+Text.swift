import GuaranteeModel

extension Masker {
    /// A text with what looks like a secret masked, whether or not it is well-formed: for showing what could not be read.
    ///
    /// Secrets are found by the names around them, in XML (also escaped, or with attributes) and JSON (also inside a JSON
    /// string), and by the wordings that repeat one. Where in doubt, more is masked rather than less.
    package func masked(_ text: [UInt8]) -> [UInt8] {
        var bytes = Self.unescapingLetters(text)
        for name in secretNames { bytes = maskValues(of: name, in: bytes) }
        for wording in secretWordings { bytes = maskWording(wording, in: bytes) }
        return bytes
    }

    private static let mask = Array(AccessCode.mask.utf8)

    /// JSON lets a member's name be spelled with `\u` escapes: letters and digits are brought back, so that no name hides.
    static func unescapingLetters(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "\\")) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\"), index + 5 < bytes.count, bytes[index + 1] == UInt8(ascii: "u"),
                let scalar = UInt8(String(decoding: bytes[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16),
                scalar.isLetterOrDigit
            {
                result.append(scalar)
                index += 6
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private func maskValues(of name: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes[...]
        while let found = rest.firstRangeIgnoringCase(of: name) {
            result += rest[..<found.upperBound]
            rest = rest[found.upperBound...]
            let value = Value(of: name, isGroup: secretGroups.contains(name), behind: rest)
            guard value.isThere else { continue }
            result += rest[..<value.start]
            if value.start < value.end { result += Self.mask }
            rest = rest[value.end...]
        }
        return result + rest
    }

    private func maskWording(_ wording: (before: [UInt8], after: [UInt8]), in bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes[...]
        while let found = rest.firstRangeIgnoringCase(of: wording.before) {
            result += rest[..<found.upperBound]
            rest = rest[found.upperBound...]
            let end = rest.firstRangeIgnoringCase(of: wording.after)?.lowerBound
            let stop = rest.firstIndex { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "<") || $0 == 0x0A }
            // The code is short; a wording that was cut off ends at the end of its string.
            let limit = end.flatMap { $0 - rest.startIndex <= 64 ? $0 : nil } ?? stop ?? rest.endIndex
            result += Self.mask
            rest = rest[limit...]
        }
        return result + rest
    }
}

/// What follows a secret's name: an element's content, an attribute's or a member's value.
private struct Value {
    var start: Int
    var end: Int
    var isThere = true

    init(of name: [UInt8], isGroup: Bool, behind bytes: ArraySlice<UInt8>) {
        var index = bytes.startIndex
        func skip(_ isSkipped: (UInt8) -> Bool) {
            while index < bytes.endIndex, isSkipped(bytes[index]) { index += 1 }
        }
        start = index
        end = index
        skip { $0.isXMLSpace || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
        guard index < bytes.endIndex else {
            isThere = false
            return
        }
        switch bytes[index] {
        case UInt8(ascii: ":"), UInt8(ascii: "="):
            index += 1
            skip(\.isXMLSpace)
            let opening = index
            skip { $0 == UInt8(ascii: "\\") }
            if index < bytes.endIndex, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
                let delimiter = Array(bytes[opening...index])
                start = index + 1
                end = Self.end(of: delimiter, in: bytes[start...])
            } else if opening < bytes.endIndex,
                bytes[opening] == UInt8(ascii: "[") || bytes[opening] == UInt8(ascii: "{")
            {
                // No secret is an object or an array: where such a thing ends is not worth the risk of being wrong.
                start = opening
                end = bytes.endIndex
            } else {
                start = opening
                index = opening
                // A credential is a scheme and a token, with a space between.
                let isHeader = name == Masker.credential
                skip {
                    !$0.isLineEnd && $0 != UInt8(ascii: "\"")
                        && (isHeader || !$0.isXMLSpace && !",}]<".utf8.contains($0))
                }
                end = index
            }
        case UInt8(ascii: ">"), UInt8(ascii: "&"):
            if bytes[index] == UInt8(ascii: "&") {
                guard bytes[index...].starts(with: "&gt;".utf8) else {
                    isThere = false
                    return
                }
                index += 3
            }
            start = index + 1
            index = start
            // A group's own elements are found by their names: only a text straight in it is its own.
            let content = bytes[start...].drop(while: \.isXMLSpace)
            if isGroup, content.first == UInt8(ascii: "<"), !content.starts(with: "<![CDATA[".utf8) {
                isThere = false
                return
            }
            if let closing = bytes[index...].firstRangeIgnoringCase(of: Array("/".utf8) + name)?.lowerBound {
                end = bytes[start..<closing].trimmingTagStart
                return
            }
            if bytes[index...].starts(with: "<![CDATA[".utf8) { index += 9 }
            skip { $0 != UInt8(ascii: "<") && !$0.isLineEnd && $0 != UInt8(ascii: "\"") }
            end = bytes[start..<index].firstRangeIgnoringCase(of: Array("&lt;".utf8))?.lowerBound ?? index
        default:
            isThere = false
        }
    }

    /// Where a quoted value ends: at the next quote that is escaped as often as the first.
    private static func end(of delimiter: [UInt8], in bytes: ArraySlice<UInt8>) -> Int {
        var rest = bytes
        while let found = rest.firstRange(of: delimiter) {
            let isEscaped = found.lowerBound > bytes.startIndex && bytes[found.lowerBound - 1] == UInt8(ascii: "\\")
            if !isEscaped { return found.lowerBound }
            rest = rest[found.upperBound...]
        }
        return bytes.firstIndex(where: \.isLineEnd) ?? bytes.endIndex
    }
}

extension ArraySlice<UInt8> {
    /// The end of the slice without the `<` or `&lt;` of a closing tag.
    fileprivate var trimmingTagStart: Int {
        if last == UInt8(ascii: "<") { return endIndex - 1 }
        return suffix(4).elementsEqual("&lt;".utf8) ? endIndex - 4 : endIndex
    }

    fileprivate func firstRangeIgnoringCase(of name: [UInt8]) -> Range<Int>? {
        guard let first = name.first, count >= name.count else { return nil }
        let folded = first.lowercased
        for start in startIndex...(endIndex - name.count) where self[start].lowercased == folded {
            let range = start..<(start + name.count)
            if zip(self[range], name).allSatisfy({ $0.lowercased == $1.lowercased }) { return range }
        }
        return nil
    }
}

extension UInt8 {
    fileprivate var isLineEnd: Bool { self == 0x0A || self == 0x0D }
    fileprivate var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
    fileprivate var isLetterOrDigit: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }
}

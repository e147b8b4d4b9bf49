import GuaranteeModel
import XMLMessages

/// What is hidden in a payload that is kept or shown, beside what mappings call a secret (design section 8).
package struct Redaction: Sendable {
    /// What was sent, and may come back: an access code, a token.
    package var secrets: [String] = []
    /// A text that stays as it is, though a secret look like a part of it: the GRN.
    package var spared: String?
    /// Tax identifiers that are known, for places that no mapping knows.
    package var identifiers: [String] = []
    /// What stands for a tax identifier; nil: identifiers stay.
    package var pseudonym: (@Sendable (String) -> String)?

    package init() {}

    /// A text without any of it.
    package func hiding(in text: String) -> String {
        guard let spared, text.holds(spared) else { return hidingAll(in: text) }
        let parts = text.split(separator: spared, omittingEmptySubsequences: false)
        return parts.map { hidingAll(in: String($0)) }.joined(separator: spared)
    }

    private func hidingAll(in text: String) -> String {
        var text = Masker.hiding(secrets, in: text)
        guard let pseudonym else { return text }
        for identifier in identifiers where text.holds(identifier) {
            text = text.replacing(identifier, with: pseudonym(identifier))
        }
        return text
    }
}

extension Masker {
    /// A payload, JSON or XML, with its secrets masked and tax identifiers replaced, and otherwise byte for byte as it was:
    /// value by value where it can be read, else as text, where in doubt more is masked. Numbers are left alone, for an
    /// access code of digits may be a part of an amount.
    package func redacted(_ payload: [UInt8], by redaction: Redaction = Redaction()) -> [UInt8] {
        guard let tree = try? Self.parse(payload) else {
            return Array(redaction.hiding(in: String(decoding: masked(payload), as: UTF8.self)).utf8)
        }
        var isChanged = false
        var copy = WireTree(syntax: tree.syntax)
        copy.graft(tree, WireTree.root) { node in
            let substitute = substitute(for: node, in: tree, redaction)
            if substitute != nil { isChanged = true }
            return substitute
        }
        guard isChanged else { return payload }
        return (try? copy.serialised()) ?? Array(AccessCode.mask.utf8)
    }

    /// Payloads are UTF-8 whatever a declaration in them says.
    private static func parse(_ payload: [UInt8]) throws -> WireTree {
        if Payload(payload).syntax == .xml { return try XMLReader().read(payload, encoding: .decodedText) }
        return try JSONReader(duplicates: .keepLast).read(payload)
    }

    private func substitute(for node: Int, in tree: WireTree, _ redaction: Redaction) -> String? {
        if let mask = mask(for: node, in: tree) { return mask }
        guard tree.nodes[node].kind == .string else { return nil }
        let text = tree.text(of: node)
        if let pseudonym = redaction.pseudonym, !text.isEmpty, isIdentifier(node, in: tree) { return pseudonym(text) }
        let hidden = redaction.hiding(in: text)
        return hidden == text || isItself(text, node, in: tree, redaction.spared) ? nil : hidden
    }

    /// Whether a text is what its leaf's name says, a currency, an identifier of a request, a time, so that a secret which
    /// looks like a part of it is not meant.
    private func isItself(_ text: String, _ node: Int, in tree: WireTree, _ grn: String?) -> Bool {
        (meanings[Array(tree.nameBytes(of: node))] ?? []).contains { binding in
            switch binding {
            case .move(.currency), .alias(.currency):
                text.utf8.count == 3 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
            case .move(.grn): text == grn
            case .move(.balanceID): Self.isUUID(text)
            case .template(let prefix, let suffix, .balanceID):
                Self.isUUID(text.dropFirst(prefix.count).dropLast(suffix.count))
                    && text.hasPrefix(prefix) && text.hasSuffix(suffix)
            case .template(let prefix, let suffix, .grn): text == prefix + (grn ?? "") + suffix
            case .timestamp: PointInTime.isTimestamp(text)
            default: false
            }
        }
    }

    private static func isUUID(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 36
            && text.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte)
                    || (0x61...0x66).contains(byte)
            }
    }

    /// A text with secrets masked wherever they stand in it.
    package static func hiding(_ secrets: [String], in text: String) -> String {
        secrets.reduce(text) { $0.holds($1) ? $0.replacing($1, with: AccessCode.mask) : $0 }
    }
}

extension String {
    /// Whether a text that is not empty stands in this one: it is asked of every string of every message.
    fileprivate func holds(_ text: String) -> Bool {
        // Outside of ASCII one text has many spellings.
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return contains(text) }
        guard let first = text.utf8.first, utf8.count >= text.utf8.count else { return false }
        var rest = utf8[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: text.utf8) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}

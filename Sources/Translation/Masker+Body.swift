import GuaranteeModel
import JSONMessages

extension Masker {
    /// A body with its secrets masked, and otherwise byte for byte as it was: JSON value by value, anything else as text,
    /// where in doubt more is masked.
    ///
    /// - Parameter secrets: texts that are masked wherever a string holds them: what was sent, and may come back. Numbers
    ///   are left alone, for an access code of digits may be a part of an amount.
    package func maskedBody(_ body: [UInt8], hiding secrets: [String] = []) -> [UInt8] {
        guard let tree = try? JSONReader(duplicates: .keepLast).read(body) else {
            return Array(Self.hiding(secrets, in: String(decoding: masked(body), as: UTF8.self)).utf8)
        }
        func mask(_ node: Int) -> String? {
            if let mask = self.mask(for: node, in: tree) { return mask }
            guard tree.nodes[node].kind == .string else { return nil }
            let text = tree.text(of: node)
            let hidden = Self.hiding(secrets, in: text)
            return hidden == text ? nil : hidden
        }
        var isMasked = false
        var copy = WireTree(syntax: .json)
        copy.graft(tree, WireTree.root) { node in
            let mask = mask(node)
            if mask != nil { isMasked = true }
            return mask
        }
        return isMasked ? JSONWriter.bytes(of: copy) : body
    }

    /// A text with secrets masked wherever they stand in it.
    package static func hiding(_ secrets: [String], in text: String) -> String {
        secrets.filter { !$0.isEmpty }.reduce(text) { $0.replacing($1, with: AccessCode.mask) }
    }
}

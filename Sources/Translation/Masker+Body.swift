import GuaranteeModel
import JSONMessages

extension Masker {
    /// A body with its secrets masked, and otherwise byte for byte as it was: JSON value by value, anything else as text,
    /// where in doubt more is masked.
    package func maskedBody(_ body: [UInt8]) -> [UInt8] {
        guard let tree = try? JSONReader(duplicates: .keepLast).read(body) else { return masked(body) }
        guard tree.nodes.indices.contains(where: { mask(for: $0, in: tree) != nil }) else { return body }
        var copy = WireTree(syntax: .json)
        copy.graft(tree, WireTree.root) { mask(for: $0, in: tree) }
        var bytes: [UInt8] = []
        JSONWriter.write(copy, into: &bytes)
        return bytes
    }
}

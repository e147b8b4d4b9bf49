package import GuaranteeModel

extension Translator {
    /// The only leaf of a document that looks like a message itself: XML or JSON as text, in CDATA or escaped.
    ///
    /// - Parameter looksLikeMessage: whether a text begins as XML, as JSON, or as either in base64.
    package func nestedPayload(
        in tree: WireTree, where looksLikeMessage: ([UInt8]) -> Bool = { Payload($0).syntax != nil }
    ) -> (payload: Payload, container: Reading.Container)? {
        let found = tree.nodes.indices.filter { node in
            guard tree.nodes[node].kind == .string, tree.isLeaf(node) else { return false }
            return looksLikeMessage(Array(tree.textBytes(of: node)))
        }
        guard found.count == 1 else { return nil }
        return (
            Payload(Array(tree.textBytes(of: found[0])), isDecodedText: true),
            Reading.Container(tree: tree, node: found[0])
        )
    }
}

import GuaranteeModel

/// A place in a schema as mapping files name it, `body/_links/self/href`, taken apart once.
struct FieldPath: Sendable {
    let text: String
    let steps: [[UInt8]]

    init(_ text: String) {
        self.text = text
        steps = text.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    }

    /// The node at this place in a document that begins at the schema's root; nil where there is none.
    func node(in tree: WireTree) -> Int? {
        var node = WireTree.root
        for step in steps {
            guard let child = tree.child(named: step, of: node) else { return nil }
            node = child
        }
        return node
    }
}

package import GuaranteeModel

/// A record that was converted: the document, and what became of each leaf.
package struct Conversion: Sendable {
    package let reading: Reading
    /// What was written: one message, or an array of those that say the parts of it.
    package let document: WireTree
    package let messages: [WrittenMessage]
    package let accounting: Accounting
    /// What was forgiven or is worth a look, on both sides.
    package let remarks: [Remark]
    /// Where each message begins in the document.
    package let offsets: [Int]
    package let masker: Masker

    init(
        _ reading: Reading, _ messages: [WrittenMessage], envelope: (tree: WireTree, positions: [String])?,
        remarks: [Remark], conditionOutcome: WrittenOutcome, masker: Masker
    ) {
        self.reading = reading
        self.remarks = reading.remarks + remarks
        var messages = messages
        (document, offsets) = Self.document(&messages, envelope)
        self.messages = messages
        accounting = Accounting(reading, messages, conditionOutcome: conditionOutcome)
        self.masker = masker
    }

    /// What the document does not say.
    package var remainder: Remainder {
        let said = Set(
            messages.flatMap(\.leaves).compactMap { leaf in leaf.field.map { Said(field: $0, index: leaf.index) } })
        return Remainder(reading, accounting.read, masker: masker) { field, index in
            reading.hub[field, index] != nil || said.contains(Said(field: field, index: index))
        }
    }

    /// A message that is taken over as it is.
    init(
        copying reading: Reading, as written: WrittenMessage, envelope: (tree: WireTree, positions: [String])?,
        masker: Masker
    ) {
        self.reading = reading
        remarks = reading.remarks
        var messages = [written]
        (document, offsets) = Self.document(&messages, envelope)
        self.messages = messages
        accounting = Accounting(copying: reading, written)
        self.masker = masker
    }

    private struct Said: Hashable {
        var field: HubField
        var index: Int
    }

    /// Puts the messages where they belong: alone, in an array, or in the envelope that the remainder kept.
    private static func document(
        _ messages: inout [WrittenMessage], _ envelope: (tree: WireTree, positions: [String])?
    ) -> (WireTree, [Int]) {
        let syntax = messages[0].tree.syntax
        guard messages.count > 1 || envelope != nil else { return (messages[0].tree, [0]) }
        var document = WireTree(syntax: syntax)
        var offsets: [Int] = []
        guard let envelope else {
            document.begin(.array, name: "")
            for message in messages {
                offsets.append(document.nodes.count)
                document.graft(message.tree, WireTree.root)
            }
            document.end()
            return (document, offsets)
        }
        // Of members with one name the last counts, and so of nodes with one path.
        let places = Dictionary(
            envelope.tree.allPaths().enumerated().map { ($1, $0) }, uniquingKeysWith: { _, last in last })
        let nodes = envelope.positions.map { places[$0] }
        offsets = [Int](repeating: 0, count: messages.count)
        func copy(_ node: Int) {
            if let number = nodes.firstIndex(of: node), number < messages.count {
                offsets[number] = document.nodes.count
                document.graft(messages[number].tree, WireTree.root, named: envelope.tree.name(of: node))
                return
            }
            let new = document.begin(envelope.tree.nodes[node].kind, name: envelope.tree.name(of: node))
            if !envelope.tree.nodes[node].kind.isContainer {
                document.setText(envelope.tree.text(of: node), of: new)
            }
            for child in envelope.tree.children(of: node) { copy(child) }
            document.end()
            if envelope.tree.isLeaf(node) {
                messages[0].envelopeLeaves.append(new)
            }
        }
        copy(WireTree.root)
        return (document, offsets)
    }
}

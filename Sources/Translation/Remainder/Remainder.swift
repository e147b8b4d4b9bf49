package import GuaranteeModel

/// What a conversion could not say in its target, kept beside the output, so that the way back gives the message again
/// leaf for leaf (design section 2, `docs/remainder.md`). Secrets are masked in it.
package struct Remainder: Sendable {
    package static let schemaVersion = 1

    /// The message that is brought back.
    package var message: String
    package var format: MessageFormat
    /// The parts of the schema that the messages begin with: empty for a whole exchange.
    var roots: [String]
    /// The document around the message, with an empty node in each message's place; nil where there is none.
    var envelope: WireTree?
    /// The paths of the messages in the document.
    var positions: [String]
    var entries: [Entry]
    /// The document in which the message stood as a text, without that text: kept, and not brought back.
    var container: (tree: WireTree, path: String)?
    /// Which of the message's guarantees the output holds, where some were left out.
    var keptGuarantees: [Int]?

    struct Entry: Sendable {
        var path: String
        var value: RestoredNode.Value
        var isSuperseded = false
    }

    /// Why a line of a remainder file can't be used.
    package struct Problem: Error, CustomStringConvertible {
        package var description: String
    }

    /// The document around the messages, and where in it they stood.
    var surroundings: (tree: WireTree, positions: [String])? { envelope.map { ($0, positions) } }

    /// The plan's nodes that the messages begin with.
    func roots(in plan: MessagePlan) -> [Int] {
        roots.map { root in plan.roots.first { $0.path.text == root }?.node ?? MessagePlan.root }
    }

    /// The place in the tree of all that is kept, for each of the messages.
    func restored() -> [RestoredNode] {
        var superseded = 0
        let root = RestoredNode.build(
            entries.map { entry in
                var steps = RestoredNode.Step.steps(of: entry.path, syntax: format.syntax)
                if entry.isSuperseded, let last = steps.indices.last {
                    superseded += 1
                    steps[last].position = -superseded
                }
                return (steps, entry.value)
            })
        return positions.map { position in
            var node: RestoredNode? = root
            for step in RestoredNode.Step.steps(of: position, syntax: format.syntax) {
                node = node?.child(step.name, step.position)
            }
            return node ?? RestoredNode.build([])
        }
    }
}

// MARK: - What a conversion leaves

extension Remainder {
    /// - Parameter known: whether the output says a field, so that the way back would write leaves that were not there.
    init(_ reading: Reading, _ outcomes: [ReadOutcome], masker: Masker, known: (HubField, Int) -> Bool) {
        let tree = reading.tree
        let paths = tree.allPaths()
        message = reading.plan.message
        format = reading.format
        keptGuarantees = reading.keptGuarantees
        container = reading.container.map { container in
            var copy = WireTree(syntax: container.tree.syntax)
            copy.graft(container.tree, WireTree.root) { node in
                node == container.node ? "" : masker.mask(for: node, in: container.tree)
            }
            return (copy, container.tree.path(of: container.node))
        }
        roots = reading.roots.map { reading.plan.nodes[$0].field }
        positions = reading.messageNodes.map { paths[$0] }
        envelope = reading.messageNodes == [WireTree.root] ? nil : Self.envelope(reading, masker)
        entries = []
        var lastTop = -1
        for (leaf, outcome) in zip(reading.leaves, outcomes) where outcome != .carried && leaf.top != lastTop {
            guard reading.isInMessage(leaf.top) else { continue }
            lastTop = leaf.top
            var copy = WireTree(syntax: tree.syntax)
            let spaced = outcome == .normalised ? Self.spacedMask(for: leaf.top, in: tree, masker) : nil
            copy.graft(tree, leaf.top) { spaced ?? masker.mask(for: $0, in: tree) }
            entries.append(
                Entry(path: paths[leaf.top], value: .content(copy, 0), isSuperseded: leaf.isSuperseded))
        }
        for (part, (node, root)) in zip(reading.messageNodes, reading.roots).enumerated() {
            addAbsent(reading, planNode: root, node: node, path: paths[node], index: part, paths, known)
        }
    }

    /// A secret's mask with the white space that stood around the secret: there the message itself brings it back. nil where
    /// that is not all that the message would not say.
    private static func spacedMask(for node: Int, in tree: WireTree, _ masker: Masker) -> String? {
        guard tree.syntax == .xml, Int(tree.nodes[node].end) == node + 1,
            masker.mask(for: node, in: tree) == AccessCode.mask, let secret = tree.textBytes(of: node).withoutXMLSpace,
            !secret.contains(where: { $0.isXMLSpace })
        else { return nil }
        let text = tree.textBytes(of: node)
        return String(
            decoding: text[..<secret.startIndex] + AccessCode.mask.utf8 + text[secret.endIndex...], as: UTF8.self)
    }

    /// Lists the leaves that the message did not have, though the hub, or the output, knows what to write there.
    private mutating func addAbsent(
        _ reading: Reading, planNode: Int, node: Int?, path: String, index: Int, _ paths: [String],
        _ known: (HubField, Int) -> Bool
    ) {
        let plan = reading.plan
        var items: [HubList: Int] = [:]
        for child in plan.nodes[planNode].children {
            let name = plan.nodes[child].nameBytes
            let present = node.map { node in
                reading.tree.children(of: node).filter {
                    reading.tree.hasName(name, $0) && !reading.tree.nodes[$0].isSuperseded
                }
            }
            let here = "\(path)/\(Self.step(plan.nodes[child].name, format))"
            if plan.nodes[child].isRepeated {
                guard let list = plan.nodes[child].list, !plan.nodes[child].isLeaf else { continue }
                var found = present ?? []
                if plan.nodes[child].isArray { found = found.flatMap { Array(reading.tree.children(of: $0)) } }
                for item in found {
                    addAbsent(
                        reading, planNode: child, node: item, path: paths[item], index: items[list, default: 0], paths,
                        known)
                    items[list, default: 0] += 1
                }
            } else if plan.nodes[child].isLeaf {
                guard present?.isEmpty != false, let binding = plan.nodes[child].rule.binding, binding.isWritten,
                    let position = position(of: binding.field, index), known(binding.field, position)
                else { continue }
                entries.append(Entry(path: here, value: .absent))
            } else {
                addAbsent(
                    reading, planNode: child, node: present?.first, path: present?.first.map { paths[$0] } ?? here,
                    index: index, paths, known)
            }
        }
    }

    /// The item of the hub's list that an item of the message is; nil where it was left out.
    private func position(of field: HubField, _ index: Int) -> Int? {
        guard let list = field.list else { return 0 }
        guard list == .guarantees, let keptGuarantees else { return index }
        return keptGuarantees.firstIndex(of: index)
    }

    /// Puts each guarantee where it stood in the message that is brought back, and nothing where one was left out.
    func spread(_ reading: inout Reading) {
        guard let keptGuarantees, keptGuarantees.count == reading.hub.guarantees.count else { return }
        let guarantees = reading.hub.guarantees
        reading.hub.guarantees = []
        for (position, guarantee) in zip(keptGuarantees, guarantees) {
            while reading.hub.guarantees.count < position { reading.hub.guarantees.append(Guarantee()) }
            reading.hub.guarantees.append(guarantee)
        }
        for index in reading.leaves.indices where reading.leaves[index].field?.list == .guarantees {
            reading.leaves[index].index = keptGuarantees[reading.leaves[index].index]
        }
    }

    private static func step(_ name: String, _ format: MessageFormat) -> String {
        format.syntax == .json ? WireTree.escapedForPointer(name) : name
    }

    /// The document with its messages emptied.
    private static func envelope(_ reading: Reading, _ masker: Masker) -> WireTree {
        var envelope = WireTree(syntax: reading.tree.syntax)
        func copy(_ node: Int) {
            let tree = reading.tree
            guard !reading.messageNodes.contains(node) else {
                envelope.leaf(
                    tree.syntax == .json ? .null : .string, name: tree.name(of: node),
                    text: tree.syntax == .json ? "null" : "")
                return
            }
            let new = envelope.begin(tree.nodes[node].kind, name: tree.name(of: node))
            if let mask = masker.mask(for: node, in: tree) {
                envelope.setKind(.string, of: new)
                envelope.setText(mask, of: new)
            } else if !tree.nodes[node].kind.isContainer {
                envelope.setText(tree.text(of: node), of: new)
            }
            for child in tree.children(of: node) { copy(child) }
            envelope.end()
        }
        copy(WireTree.root)
        return envelope
    }
}

extension ArraySlice<UInt8> {
    /// What stands between white space; nil where there is nothing else.
    var withoutXMLSpace: Self? {
        guard let start = firstIndex(where: { !$0.isXMLSpace }), let end = lastIndex(where: { !$0.isXMLSpace }) else {
            return nil
        }
        return self[start...end]
    }
}

extension Reading {
    /// Whether a node stands inside a message, not in the envelope around it.
    fileprivate func isInMessage(_ node: Int) -> Bool {
        messageNodes.contains { $0 <= node && Int32(node) < tree.nodes[$0].end }
    }
}

import GuaranteeModel

extension Reading {
    /// Takes in another part of the same message: an item of an array.
    mutating func add(_ part: Reading) {
        let offset = hub.guarantees.count
        messageNodes += part.messageNodes
        roots += part.roots
        hub.guarantees += part.hub.guarantees
        for var leaf in part.leaves {
            if let field = leaf.field {
                if field.list == .guarantees {
                    leaf.index += offset
                } else if hub[field, leaf.index] != part.hub[field, leaf.index] {
                    leaf.field = nil
                }
            }
            leaves.append(leaf)
        }
        remarks += part.remarks
        separations += part.separations.map { separation in
            var separation = separation
            separation.guarantee = offset + (separation.guarantee ?? 0)
            return separation
        }
        irregularLists.formUnion(part.irregularLists)
        secrets += part.secrets
    }

    /// Accounts for the leaves around the message: they belong to no rule.
    mutating func noteEnvelope() {
        guard messageNodes != [WireTree.root] else { return }
        var inside = messageNodes[...]
        var node = 0
        while node < tree.nodes.count {
            if node == inside.first {
                inside.removeFirst()
                node = Int(tree.nodes[node].end)
                continue
            }
            if tree.isLeaf(node) { leaves.append(ReadLeaf(node: node)) }
            node += 1
        }
    }

    /// Leaves out guarantees that have no counterpart: their leaves go to the remainder.
    mutating func drop(_ dropped: Set<Int>) {
        var positions: [Int: Int] = [:]
        for index in hub.guarantees.indices where !dropped.contains(index) { positions[index] = positions.count }
        hub.guarantees = hub.guarantees.indices.filter { !dropped.contains($0) }.map { hub.guarantees[$0] }
        keptGuarantees = positions.keys.sorted()
        for index in leaves.indices {
            guard let field = leaves[index].field, field.list == .guarantees else { continue }
            if let position = positions[leaves[index].index] {
                leaves[index].index = position
            } else {
                leaves[index].field = nil
            }
        }
    }
}

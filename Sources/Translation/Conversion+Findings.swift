package import GuaranteeModel

extension Conversion {
    /// What became of each leaf that was read, in the input's order.
    package var readFindings: [LeafFinding<ReadOutcome>] {
        let paths = reading.tree.allPaths()
        let targets = document.allPaths()
        return reading.leaves.indices.map { index in
            var finding = reading.finding(index, accounting.read[index], paths)
            finding.counterpart = accounting.destinations[index].map { destination in
                targets[messages[destination.message].leaves[destination.leaf].node + offsets[destination.message]]
            }
            return finding
        } + containerFindings
    }

    /// The leaves around a message that stood in its document as a text.
    private var containerFindings: [LeafFinding<ReadOutcome>] {
        guard let container = reading.container else { return [] }
        let paths = container.tree.allPaths()
        return container.leaves.map { leaf in
            LeafFinding(
                field: Reading.unlisted, rule: Reading.unlisted, path: paths[leaf],
                place: container.tree.nodes[leaf].place, outcome: .lost)
        }
    }

    /// Where each leaf that was written came from, in the output's order.
    package var writtenFindings: [LeafFinding<WrittenOutcome>] {
        let paths = document.allPaths()
        let sources = reading.tree.allPaths()
        var findings: [LeafFinding<WrittenOutcome>] = []
        for (number, message) in messages.enumerated() {
            for (index, leaf) in message.leaves.enumerated() {
                let node = leaf.planNode.map { message.plan.nodes[$0] }
                findings.append(
                    LeafFinding(
                        field: node?.field ?? Reading.unlisted, rule: node?.rule.description ?? Reading.unlisted,
                        path: paths[leaf.node + offsets[number]], place: .none,
                        outcome: accounting.written[number][index],
                        counterpart: accounting.origins[number][index].map { sources[reading.leaves[$0].node] }))
            }
            for leaf in message.envelopeLeaves {
                findings.append(
                    LeafFinding(
                        field: Reading.unlisted, rule: Reading.unlisted, path: paths[leaf], place: .none,
                        outcome: .restored))
            }
        }
        return findings
    }
}

extension Reading {
    /// What stands for the field of a leaf that the schema does not list.
    package static let unlisted = "(not in the schema)"

    /// The place in the schema of a leaf that was read: what losses are counted by.
    package func field(of leaf: Int) -> String {
        leaves[leaf].planNode.map { plan.nodes[$0].field } ?? Self.unlisted
    }

    func finding(_ leaf: Int, _ outcome: ReadOutcome, _ paths: [String]) -> LeafFinding<ReadOutcome> {
        let entry = leaves[leaf]
        return LeafFinding(
            field: field(of: leaf), rule: entry.planNode.map { plan.nodes[$0].rule.description } ?? Self.unlisted,
            path: paths[entry.node], place: tree.nodes[entry.node].place, outcome: outcome)
    }
}

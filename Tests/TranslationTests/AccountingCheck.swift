import GuaranteeModel

@testable import Translation

/// Holds a conversion's account against the trees themselves: each leaf once, and what is said of it true.
struct AccountingCheck {
    private let conversion: Conversion
    private(set) var problems: [String] = []

    init(_ conversion: Conversion) {
        self.conversion = conversion
        checkRead()
        checkWritten()
        checkRemainder()
    }

    private mutating func checkRead() {
        let tree = conversion.reading.tree
        let expected = tree.nodes.indices.filter { tree.isLeaf($0) }
        let accounted = conversion.reading.leaves.map(\.node).sorted()
        if accounted != expected {
            let paths = tree.allPaths()
            let missing = Set(expected).subtracting(accounted).map { paths[$0] }
            let twice = accounted.filter { node in accounted.count { $0 == node } > 1 }.map { paths[$0] }
            let foreign = Set(accounted).subtracting(expected).map { paths[$0] }
            problems.append("read leaves: missing \(missing), twice \(twice), no leaves \(foreign)")
        }
        if conversion.accounting.read.count != conversion.reading.leaves.count {
            problems.append(
                "\(conversion.accounting.read.count) outcomes for \(conversion.reading.leaves.count) leaves")
        }
        for (leaf, outcome) in zip(conversion.reading.leaves, conversion.accounting.read) where outcome == .rejected {
            problems.append("\(tree.path(of: leaf.node)) is rejected in a record that was converted")
        }
        checkCarried(tree)
    }

    /// What was carried stands in the target, letter for letter, with nothing but a template around it.
    private mutating func checkCarried(_ tree: WireTree) {
        let accounting = conversion.accounting
        for (index, outcome) in accounting.read.enumerated() where outcome == .carried {
            let leaf = conversion.reading.leaves[index]
            guard let (message, target) = accounting.destinations[index] else {
                problems.append("\(tree.path(of: leaf.node)) was carried nowhere")
                continue
            }
            let written = conversion.messages[message]
            let from = tree.text(of: leaf.node)
            let to = written.tree.text(of: written.leaves[target].node)
            let origin = leaf.planNode.map { conversion.reading.plan.nodes[$0].rule.binding }
            let destination = written.leaves[target].planNode.map { written.plan.nodes[$0].rule.binding }
            if from != to, Self.core(from, origin ?? nil) != Self.core(to, destination ?? nil) {
                problems.append(
                    "\(tree.path(of: leaf.node)) was carried, but \(from.debugDescription) is \(to.debugDescription)")
            }
        }
    }

    /// The value in a text: what is not a template's own, and digits without the zeros that a width asks for. Times are
    /// spelled by parts of one point in time: what they have in common is for law 1 to tell.
    private static func core(_ text: String, _ binding: Rule.Binding?) -> String {
        switch binding {
        case .template(let prefix, let suffix, _): String(text.dropFirst(prefix.count).dropLast(suffix.count))
        case .integer: Int(text).map(String.init) ?? text
        case .date, .time, .timestamp: "a point in time"
        default: text
        }
    }

    private mutating func checkWritten() {
        guard conversion.accounting.written.count == conversion.messages.count else {
            problems.append("an account of other messages than were written")
            return
        }
        var count = 0
        for (message, outcomes) in zip(conversion.messages, conversion.accounting.written) {
            let expected = message.tree.nodes.indices.filter { message.tree.isLeaf($0) }
            if message.leaves.map(\.node).sorted() != expected {
                let missing = Set(expected).subtracting(message.leaves.map(\.node)).map { message.tree.path(of: $0) }
                problems.append("written leaves: missing or more than once, \(missing)")
            }
            if outcomes.count != message.leaves.count { problems.append("not one outcome for each written leaf") }
            count += message.leaves.count + message.envelopeLeaves.count
        }
        let document = conversion.document
        let leaves = document.nodes.indices.count { document.isLeaf($0) }
        if count != leaves { problems.append("\(leaves) leaves in the document, \(count) in the account") }
    }

    /// The remainder keeps what was lost, normalised or merged, and nothing that was carried.
    private mutating func checkRemainder() {
        let reading = conversion.reading
        let paths = reading.tree.allPaths()
        let inside = reading.messageNodes.map { $0..<Int(reading.tree.nodes[$0].end) }
        var due: Set<String> = []
        for (leaf, outcome) in zip(reading.leaves, conversion.accounting.read) where outcome != .carried {
            if inside.contains(where: { $0.contains(leaf.node) }) { due.insert(paths[leaf.top]) }
        }
        var kept: Set<String> = []
        for entry in conversion.remainder.entries {
            if case .content = entry.value { kept.insert(entry.path) }
        }
        if kept != due {
            problems.append(
                "kept \(kept.subtracting(due).sorted()) in vain, not kept \(due.subtracting(kept).sorted())")
        }
    }
}

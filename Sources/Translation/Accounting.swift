package import GuaranteeModel

/// What became of every leaf of a conversion: each leaf read and each leaf written once (design section 2).
package struct Accounting: Sendable {
    /// By the reading's leaves.
    package var read: [ReadOutcome]
    /// By the written messages and their leaves.
    package var written: [[WrittenOutcome]]
    /// By the reading's leaves: the message and leaf that a value went to.
    package var destinations: [(message: Int, leaf: Int)?]
    /// By the written messages and their leaves: the leaf that a value came from.
    package var origins: [[Int?]]

    private struct Value: Hashable {
        var field: HubField
        var index: Int
    }

    /// Accounts for a record that was not converted.
    static func rejected(_ reading: Reading) -> Accounting {
        Accounting(
            read: reading.leaves.map { _ in .rejected }, written: [],
            destinations: reading.leaves.map { _ in nil }, origins: [])
    }

    /// Accounts for a message that is taken over as it is: only its envelope is lost.
    init(copying reading: Reading, _ message: WrittenMessage) {
        let node = reading.messageNodes[0]
        let range = node..<Int(reading.tree.nodes[node].end)
        let positions = Dictionary(uniqueKeysWithValues: message.leaves.enumerated().map { ($1.node + node, $0) })
        read = reading.leaves.map { range.contains($0.node) ? .carried : .lost }
        destinations = reading.leaves.map { leaf in positions[leaf.node].map { (0, $0) } }
        let leaves = Dictionary(uniqueKeysWithValues: reading.leaves.enumerated().map { ($1.node, $0) })
        written = [message.leaves.map { _ in .carried }]
        origins = [message.leaves.map { leaves[$0.node + node] }]
    }

    private init(
        read: [ReadOutcome], written: [[WrittenOutcome]], destinations: [(message: Int, leaf: Int)?], origins: [[Int?]]
    ) {
        self.read = read
        self.written = written
        self.destinations = destinations
        self.origins = origins
    }

    /// - Parameter conditionOutcome: what becomes of leaves that are written from the message's condition.
    init(_ reading: Reading, _ messages: [WrittenMessage], conditionOutcome: WrittenOutcome) {
        var sources: [Value: [Int]] = [:]
        for (index, leaf) in reading.leaves.enumerated() {
            if let field = leaf.field { sources[Value(field: field, index: leaf.index), default: []].append(index) }
        }
        var targets: [Value: [(message: Int, leaf: Int)]] = [:]
        for (number, message) in messages.enumerated() {
            for (index, leaf) in message.leaves.enumerated() {
                guard let field = leaf.field else { continue }
                targets[Value(field: field, index: leaf.index), default: []].append((number, index))
            }
        }
        read = []
        destinations = []
        for leaf in reading.leaves {
            let found = leaf.field.flatMap { targets[Value(field: $0, index: leaf.index)] } ?? []
            let best = found.first { messages[$0.message].leaves[$0.leaf].isExact } ?? found.first
            destinations.append(best)
            read.append(
                Self.outcome(leaf, best.map { messages[$0.message].leaves[$0.leaf] }, reading, conditionOutcome))
        }
        written = []
        origins = []
        for message in messages {
            let found = message.leaves.map { leaf in
                leaf.field.flatMap { sources[Value(field: $0, index: leaf.index)] }.flatMap { candidates in
                    candidates.first { reading.leaves[$0].isExact } ?? candidates.first
                }
            }
            origins.append(found)
            written.append(
                zip(message.leaves, found).map { leaf, source in
                    Self.outcome(leaf, source.map { reading.leaves[$0] }, reading, conditionOutcome)
                })
        }
    }

    private static func outcome(
        _ leaf: ReadLeaf, _ target: WrittenLeaf?, _ reading: Reading, _ conditionOutcome: WrittenOutcome
    ) -> ReadOutcome {
        let ofCondition: ReadOutcome = conditionOutcome == .merged ? .merged : .normalised
        guard let target else {
            guard let field = leaf.field, field.saysCondition, reading.hub.condition != nil else { return .lost }
            return ofCondition
        }
        guard case .hub(let provenance) = target.origin else { return .lost }
        if case .table = provenance { return ofCondition }
        if !target.keepsMeaning { return .merged }
        return leaf.isExact && target.isExact && !reading.isIrregular(leaf) ? .carried : .normalised
    }

    private static func outcome(
        _ leaf: WrittenLeaf, _ source: ReadLeaf?, _ reading: Reading, _ conditionOutcome: WrittenOutcome
    ) -> WrittenOutcome {
        switch leaf.origin {
        case .restored: .restored
        case .supplied: .supplied
        case .defaulted: .defaulted
        case .synthesised: .synthesised
        case .hub(.remainder): .restored
        case .hub(.supplied): .supplied
        case .hub(.synthesised): .synthesised
        case .hub(.table): conditionOutcome
        case .hub(.message):
            if !leaf.keepsMeaning {
                .merged
            } else if leaf.isExact, let source, source.isExact, !reading.isIrregular(source) {
                .carried
            } else {
                .normalised
            }
        }
    }
}

extension Reading {
    fileprivate func isIrregular(_ leaf: ReadLeaf) -> Bool {
        leaf.field?.list.map(irregularLists.contains) ?? false
    }
}

extension HubField {
    /// Whether the field belongs to the words in which a condition is said.
    fileprivate var saysCondition: Bool {
        switch list {
        case .guarantees: false
        case nil: rawValue.hasPrefix("error.")
        default: true
        }
    }
}

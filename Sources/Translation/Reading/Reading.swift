package import GuaranteeModel

/// A message that was read: what it means, and an account of each of its leaves.
package struct Reading: Sendable {
    package let tree: WireTree
    package let plan: MessagePlan
    /// The nodes that are the message: one, or the items of an array of which each says a part; what is outside them is
    /// an envelope.
    package var messageNodes: [Int]
    /// The plan's node that each of them begins with: the whole exchange, or a part that is stored alone.
    var roots: [Int]
    package var hub: BalanceMessage
    package var leaves: [ReadLeaf] = []
    /// What is wrong (strict), was forgiven (lenient) or is worth a look (check digits).
    package var remarks: [Remark] = []
    /// Why the message, or one of its guarantees, has no counterpart in another format.
    var separations: [Separation] = []
    /// Lists whose items do not stand in the hub one for one: none of their leaves counts as carried.
    var irregularLists: Set<HubList> = []
    /// The document in which the message stood as a text, and the node of that text.
    package var container: Container?
    /// Which of the message's guarantees the hub holds, where some were left out.
    var keptGuarantees: [Int]?
    /// The texts of secret leaves: to be masked wherever the payload is shown.
    package var secrets: [String] = []

    package struct Container: Sendable {
        package var tree: WireTree
        package var node: Int

        package init(tree: WireTree, node: Int) {
            self.tree = tree
            self.node = node
        }

        /// The leaves around the message: they are lost, and kept in the remainder.
        package var leaves: [Int] { tree.nodes.indices.filter { $0 != node && tree.isLeaf($0) } }
    }

    struct Separation: Sendable {
        var why: String
        var path: String
        var place: Place
        var guarantee: Int?
    }

    package var format: MessageFormat { plan.format }

    /// The texts that no rule is for: those around the message, and those that the schema does not list.
    package var unlistedTexts: [Int] {
        leaves.filter { $0.planNode == nil && tree.nodes[$0.node].kind == .string }.map(\.node)
    }

    /// Whether the message is schema-valid.
    package var isValid: Bool { !remarks.contains { $0.severity == .error } }
}

/// One leaf of a message that was read.
package struct ReadLeaf: Sendable {
    package var node: Int
    /// The plan's leaf; nil for what the schema does not list, and for an envelope's.
    var planNode: Int?
    /// The hub's field that the value went to; nil where the hub has no place for it.
    var field: HubField?
    /// The item of the field's list.
    var index = 0
    /// Whether the hub's value spells the same leaf again.
    var isExact = false
    /// The node that the remainder keeps where the leaf is lost: its own, or what the schema does not list around it.
    var top: Int
    /// Whether a later member of the same name took its place.
    var isSuperseded = false

    init(node: Int, planNode: Int? = nil, index: Int = 0, top: Int? = nil) {
        self.node = node
        self.planNode = planNode
        self.index = index
        self.top = top ?? node
    }
}

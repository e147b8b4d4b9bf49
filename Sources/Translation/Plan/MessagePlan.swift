package import GuaranteeModel

/// A mapping file and its schema, compiled: what reading and writing a message run on. A class, as its nodes are: every
/// message that is recognised is held against all plans.
package final class MessagePlan: Sendable {
    /// A node of the schema with its rule. A class, since plans are read far more often than they are made: handing one on
    /// costs a reference and not a copy of all that is in it.
    final class Node: Sendable {
        let name: String
        let nameBytes: [UInt8]
        /// The node's place in the schema: `GUAREF2/EXPEXP/BalEXP3`; what rules and counts of losses name.
        let field: String
        let parent: Int
        let children: [Int]
        let minimum: Int
        let maximum: Int
        let isArray: Bool
        /// A leaf's type; nil for groups.
        let type: ValueType?
        let rule: Rule
        /// The hub's list that the repetitions of the node are.
        let list: HubList?

        init(_ draft: PlanCompiler.Draft) {
            name = draft.schema.name
            nameBytes = Array(draft.schema.name.utf8)
            field = draft.field
            parent = draft.parent
            children = draft.children
            minimum = draft.schema.minimum
            maximum = draft.schema.maximum
            isArray = draft.schema.isArray
            type = draft.schema.type
            rule = draft.rule
            list = draft.list
        }

        var isLeaf: Bool { type != nil }
        var isRepeated: Bool { isArray || maximum > 1 }
    }

    let file: MappingFile
    let nodes: [Node]
    /// The nodes that a message may begin with: the whole, then its parts that are stored alone.
    let roots: [(node: Int, path: FieldPath)]
    /// Whether the message has all of a hub's guarantees in it; else each takes a message of its own.
    let holdsManyGuarantees: Bool

    init(file: MappingFile, nodes: [Node], roots: [Int], holdsManyGuarantees: Bool) {
        self.file = file
        self.nodes = nodes
        self.roots = roots.map { ($0, FieldPath(nodes[$0].field)) }
        self.holdsManyGuarantees = holdsManyGuarantees
    }

    package var message: String { file.message }
    package var format: MessageFormat { file.format }
    package var title: String { file.title }
    package var revision: Int { file.revision }

    static let root = 0

    /// The node that stands for a message without the exchange around it.
    var body: Int? { roots.dropFirst().first?.node }

    func child(_ name: ArraySlice<UInt8>, of node: Int) -> Int? {
        nodes[node].children.first { nodes[$0].nameBytes.elementsEqual(name) }
    }

    /// The node with this place in the schema.
    func node(at field: String) -> Int? { nodes.firstIndex { $0.field == field } }
}

package import GuaranteeModel

/// A mapping file and its schema, compiled: what reading and writing a message run on.
package struct MessagePlan: Sendable {
    /// A node of the schema with its rule.
    struct Node: Sendable {
        var name: String
        var nameBytes: [UInt8]
        /// The node's place in the schema: `GUAREF2/EXPEXP/BalEXP3`; what rules and counts of losses name.
        var field: String
        var parent: Int
        var children: [Int] = []
        var minimum: Int
        var maximum: Int
        var isArray: Bool
        /// A leaf's type; nil for groups.
        var type: ValueType?
        var rule = Rule()
        /// The hub's list that the repetitions of the node are.
        var list: HubList?

        var isLeaf: Bool { type != nil }
        var isRepeated: Bool { isArray || maximum > 1 }
    }

    let file: MappingFile
    var nodes: [Node]
    /// The nodes that a message may begin with: the whole, then its parts that are stored alone.
    let roots: [Int]
    let bindsGuaranteeList: Bool

    package var message: String { file.message }
    package var format: MessageFormat { file.format }
    package var title: String { file.title }
    package var revision: Int { file.revision }

    static let root = 0

    /// Whether the message has all of a hub's guarantees in it; else each takes a message of its own.
    var holdsManyGuarantees: Bool { bindsGuaranteeList }

    /// The node that stands for a message without the exchange around it.
    var body: Int? { roots.dropFirst().first }

    func child(_ name: ArraySlice<UInt8>, of node: Int) -> Int? {
        nodes[node].children.first { nodes[$0].nameBytes.elementsEqual(name) }
    }

    /// The node with this place in the schema.
    func node(at field: String) -> Int? { nodes.firstIndex { $0.field == field } }
}

import GuaranteeModel
import JSONMessages
import XMLMessages

/// A message's plan, laid out for writing it from a hub's values straight to bytes.
final class PlainTarget: Sendable {
    enum Source: Sendable {
        case context(String)
        case generator(Generator)
        /// As it is written.
        case constant([UInt8])
    }

    /// A class, as the nodes of plans are: handing it on costs a reference.
    final class Node: Sendable {
        /// `<Name>`, or `"name":`.
        let opening: [UInt8]
        let closing: [UInt8]
        let children: [Node]
        let minimum: Int
        /// Whether it may stand several times, though no list says how often: such a one is not written.
        let isNeverDue: Bool
        /// Whether it is the list of guarantees, of which there is one.
        let isList: Bool
        let check: PlainCheck?
        let binding: Rule.Binding?
        let slot: Int
        let sources: [Source]
        let makesDue: Bool
        /// Whether it, or anything in it, can be due at all.
        let canBeDue: Bool

        init(_ node: MessagePlan.Node, _ format: MessageFormat, slots: [HubField: Int], children: [Node]) {
            self.children = children
            canBeDue =
                node.rule.binding?.isWritten == true || node.isLeaf && node.rule.makesDue(in: format)
                || children.contains { $0.canBeDue }
            let syntax = format.syntax
            opening = PlainTarget.opening(of: node, syntax)
            closing = syntax == .xml ? Array("</\(node.name)>".utf8) : []
            minimum = node.minimum
            isNeverDue = node.isRepeated && node.list == nil
            isList = node.list != nil
            let check = node.type.map { PlainCheck($0, syntax) }
            self.check = check
            binding = node.rule.binding.flatMap { $0.isWritten ? $0 : nil }
            slot = binding.flatMap { slots[$0.field] } ?? -1
            sources = node.rule.sources.map { PlainTarget.source($0, check, syntax) }
            makesDue = node.rule.makesDue(in: format)
        }
    }

    let plan: MessagePlan
    let root: Node
    /// Where it stands in the plan.
    let rootNode: Int
    /// The hub's fields that the message says, by their places among all.
    let writes: [Bool]
    let syntax: WireTree.Syntax
    /// The hub's fields that it depends on: those, and those that the target may have no words for.
    let needs: [Int]
    /// What the target can speak of.
    let acceptances: [(slot: Int, pattern: Pattern)]

    /// nil where the message has lists but that of the guarantees.
    init?(_ plan: MessagePlan, bodyAlone: Bool) {
        let lists = plan.nodes.compactMap(\.list)
        guard lists.allSatisfy({ $0 == .guarantees }), lists.count < 2 else { return nil }
        self.plan = plan
        syntax = plan.format.syntax
        let slots = Dictionary(uniqueKeysWithValues: HubField.allCases.enumerated().map { ($1, $0) })
        var nodes: [Int: Node] = [:]
        var writes = [Bool](repeating: false, count: slots.count)
        // Those inside come behind those around them.
        for (index, node) in plan.nodes.enumerated().reversed() {
            let node = Node(node, plan.format, slots: slots, children: node.children.compactMap { nodes[$0] })
            nodes[index] = node
            if node.slot >= 0 { writes[node.slot] = true }
        }
        self.writes = writes
        let accepted = Set(plan.file.acceptances.map(\.field))
        acceptances = plan.file.acceptances.compactMap { acceptance in
            slots[acceptance.field].map { ($0, acceptance.pattern) }
        }
        needs = HubField.allCases.enumerated().filter { writes[$0] || accepted.contains($1) }.map(\.offset)
        if bodyAlone, plan.format != .v1XML, let body = plan.body, !plan.nodes[body].isLeaf {
            rootNode = body
        } else {
            rootNode = MessagePlan.root
        }
        guard let root = nodes[rootNode] else { return nil }
        self.root = root
    }

    private static func opening(of node: MessagePlan.Node, _ syntax: WireTree.Syntax) -> [UInt8] {
        guard syntax == .json else { return Array("<\(node.name)>".utf8) }
        var bytes: [UInt8] = []
        let name = node.nameBytes
        JSONText.appendQuoted(name.span, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        return bytes
    }

    private static func source(
        _ source: Rule.Source, _ check: PlainCheck?, _ syntax: WireTree.Syntax
    ) -> Source {
        switch source {
        case .context(let key): return .context(key)
        case .generator(let generator): return .generator(generator)
        case .constant(let text):
            var bytes: [UInt8] = []
            // What XML can't hold never was a constant: it would not have been read from the mapping file.
            _ = spell(text, as: check?.kind ?? .string, syntax, into: &bytes)
            return .constant(bytes)
        }
    }

    /// Appends a leaf's value as its syntax has it.
    ///
    /// - Returns: whether the syntax can hold it.
    static func spell(
        _ text: UnsafeBufferPointer<UInt8>, as kind: WireTree.Kind, _ syntax: WireTree.Syntax,
        into output: inout [UInt8]
    ) -> Bool {
        switch syntax {
        case .xml:
            guard !text.isEmpty else { return false }
            if text.isVerbatim {
                output.append(contentsOf: text)
            } else {
                do {
                    try XMLEscaping.append(Array(text)[...], of: WireTree.root, isQuoted: false, to: &output)
                } catch { return false }
            }
        case .json where kind == .string: JSONText.appendQuoted(text.span, to: &output)
        case .json where kind == .null: output.append(contentsOf: "null".utf8)
        case .json: output.append(contentsOf: text)
        }
        return true
    }

    static func spell(
        _ text: String, as kind: WireTree.Kind, _ syntax: WireTree.Syntax, into output: inout [UInt8]
    ) -> Bool {
        var text = text
        return text.withUTF8 { spell($0, as: kind, syntax, into: &output) }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether both syntaxes have a text as it is.
    var isVerbatim: Bool {
        for byte in self {
            switch byte {
            case ..<0x20, 0x22, 0x26, 0x3C, 0x3E, 0x5C, 0x80...: return false
            default: continue
            }
        }
        return true
    }
}

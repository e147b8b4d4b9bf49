import GuaranteeModel
import TestSupport

@testable import Translation

/// Makes messages of one plan, node by node as its schema allows.
struct MessageGenerator {
    let plan: MessagePlan
    let mappings: MappingSet
    var random: SeededRandom
    var shape = MessageShape()
    var tree: WireTree
    var facts = MessageFacts()
    /// The values that a message repeats: identifiers, a GRN in a path and in a body.
    var repeated: [HubField: String] = [:]
    var words: ErrorText?
    /// The unlisted members of each object that is open.
    var unlistedNames: [Set<String>] = []
    private var root = MessagePlan.root

    init(plan: MessagePlan, mappings: MappingSet, random: SeededRandom) {
        self.plan = plan
        self.mappings = mappings
        self.random = random
        tree = WireTree(syntax: plan.format.syntax)
    }

    mutating func message() -> GeneratedMessage {
        message(of: MessageShape.random(&random, for: plan))
    }

    mutating func message(of shape: MessageShape) -> GeneratedMessage {
        self.shape = shape
        tree = WireTree(syntax: plan.format.syntax)
        facts = MessageFacts()
        root = random.pick(plan.groupRoots)
        if shape.arrayCount > 0 {
            tree.begin(.array, name: "")
            for _ in 0..<shape.arrayCount { part(named: "") }
            tree.end()
        } else if shape.isEnveloped {
            envelope { $0.part(named: $1) }
        } else {
            part(named: plan.format == .v1XML ? plan.nodes[root].name : "")
        }
        return GeneratedMessage(plan: plan, tree: tree, facts: facts)
    }

    /// Makes one message inside whatever is open.
    private mutating func part(named name: String) {
        repeated = [:]
        words = errorText()
        if !plan.holdsManyGuarantees { facts.guarantees.append([:]) }
        group(root, name: plan.format == .v1XML ? plan.nodes[root].name : name)
    }

    // MARK: - Nodes

    private mutating func group(_ planNode: Int, name: String) {
        tree.begin(.group, name: name)
        unlistedNames.append([])
        var children = plan.nodes[planNode].children
        if plan.format != .v1XML, random.chance(20) { children.shuffle(using: &random) }
        for child in children {
            unlistedMember()
            node(child)
        }
        unlistedMember()
        unlistedNames.removeLast()
        tree.end()
    }

    private mutating func node(_ planNode: Int) {
        let node = plan.nodes[planNode]
        let isThere = node.minimum > 0 || isDue(planNode) || random.chance(presencePercent(of: planNode))
        guard isThere, !isWithheld(planNode) else { return }
        guard node.isRepeated else { return item(planNode, name: node.name) }
        let wanted = node.field == shape.repeated ? node.maximum : random.int(in: 1...shape.repeats)
        let count = max(node.minimum, min(node.maximum, wanted))
        if node.isArray { tree.begin(.array, name: node.name) }
        for _ in 0..<count { item(planNode, name: node.isArray ? "" : node.name) }
        if node.isArray { tree.end() }
    }

    private mutating func item(_ planNode: Int, name: String) {
        switch plan.nodes[planNode].list {
        case .guarantees: facts.guarantees.append([:])
        case .reasons:
            drawReason()
        case .valueErrors, nil: break
        case let list?: facts.shapeErrors.insert(list)
        }
        guard let type = plan.nodes[planNode].type else { return group(planNode, name: name) }
        let text = text(of: planNode, type)
        note(text, of: planNode)
        tree.leaf(type.wireKind(plan.format.syntax), name: name, text: loosened(text))
    }

    /// White space around and inside a leaf's text that XML collapses to nothing or a space.
    private mutating func loosened(_ text: String) -> String {
        guard plan.format == .v1XML, shape.isLoose, random.chance(30) else { return text }
        var loose = random.pick(["", " ", "\n    ", "\t"])
        for character in text {
            loose += character == " " ? random.pick([" ", "  ", "\n", "\t "]) : String(character)
        }
        return loose + random.pick(["", " ", "\n", " \t "])
    }

    // MARK: - Presence

    /// Whether a message would say nothing without the node: one of the lists of what was wrong, or the words that tell
    /// one error from another.
    private func isDue(_ planNode: Int) -> Bool {
        if case .spelling(.errorMessage)? = plan.nodes[planNode].rule.binding { return words?.isToldByMessage == true }
        guard plan.nodes[planNode].list != nil, facts.shapeErrors.isEmpty else { return false }
        return plan.nodes[plan.nodes[planNode].parent].children.last == planNode
    }

    private func presencePercent(of planNode: Int) -> Int {
        let needed: Set<HubField> = [.accessCode, .balance, .grn]
        func holdsNeeded(_ node: Int) -> Bool {
            if let field = plan.nodes[node].rule.binding?.field { return needed.contains(field) }
            return plan.nodes[node].children.contains(where: holdsNeeded)
        }
        return holdsNeeded(planNode) ? max(shape.optionalPercent, shape.isConvertible ? 98 : 50) : shape.optionalPercent
    }

    /// Whether the words of the error leave the leaf out.
    private mutating func isWithheld(_ planNode: Int) -> Bool {
        guard case .spelling(.errorMessage)? = plan.nodes[planNode].rule.binding else { return false }
        return words?.message == nil
    }
}

import GuaranteeModel

/// Reads one message by its plan: checks it against the schema, fills the hub, and notes what became of each leaf.
struct MessageReader {
    private let plan: MessagePlan
    private let conditions: ConditionTable
    private let isLenient: Bool
    private var reading: Reading
    private var tree: WireTree { reading.tree }

    init(plan: MessagePlan, conditions: ConditionTable, isLenient: Bool, tree: WireTree, node: Int, root: Int) {
        self.plan = plan
        self.conditions = conditions
        self.isLenient = isLenient
        let kind: BalanceMessage.Kind = if case .kind(let kind) = plan.file.meaning { kind } else { .serviceError }
        reading = Reading(tree: tree, plan: plan, messageNodes: [node], roots: [root], hub: BalanceMessage(kind: kind))
    }

    /// Reads the message; nothing is thrown, since what is wrong stands in the remarks.
    consuming func read() -> Reading {
        if !plan.holdsManyGuarantees, reading.hub.kind == .query || reading.hub.kind == .answer {
            reading.hub.append(to: .guarantees)
        }
        read(reading.messageNodes[0], as: reading.roots[0], index: 0)
        classify()
        for index in reading.hub.guarantees.indices where plan.holdsManyGuarantees || index == 0 { checkGRN(index) }
        return reading
    }

    // MARK: - The tree

    private mutating func read(_ node: Int, as planNode: Int, index: Int) {
        if plan.nodes[planNode].isLeaf {
            readLeaf(node, as: planNode, index: index)
        } else {
            readGroup(node, as: planNode, index: index)
        }
    }

    private mutating func readGroup(_ node: Int, as planNode: Int, index: Int) {
        let isEmptyElement = tree.syntax == .xml && tree.textBytes(of: node).allSatisfy(\.isXMLSpace)
        guard tree.nodes[node].kind == .group || isEmptyElement else {
            complain(
                "type", node, "must hold \(tree.syntax == .xml ? "elements" : "members"), not a text", isFatal: true)
            noteUnlisted(node, top: node)
            return
        }
        if tree.isLeaf(node) { reading.leaves.append(ReadLeaf(node: node, planNode: planNode)) }
        let children = plan.nodes[planNode].children
        var counts = [Int](repeating: 0, count: children.count)
        var cursor = 0
        for child in tree.children(of: node) {
            guard !tree.nodes[child].isSuperseded else {
                warn("duplicate-member", child, "does not count: a later member has the same name")
                let first = reading.leaves.count
                noteUnlisted(child, top: child)
                for leaf in reading.leaves.indices[first...] { reading.leaves[leaf].isSuperseded = true }
                continue
            }
            guard let position = position(of: child, among: children, from: cursor) else {
                readUnlisted(child)
                continue
            }
            if tree.syntax == .xml, position < cursor {
                complain("order", child, "stands behind elements that it must stand before")
            }
            cursor = max(cursor, position)
            let planChild = children[position]
            counts[position] += 1
            if plan.nodes[planChild].isArray {
                readArray(child, as: planChild, index: index)
                continue
            }
            guard counts[position] <= plan.nodes[planChild].maximum else {
                complain("repeated", child, "stands here more than \(plan.nodes[planChild].maximum) times")
                noteUnlisted(child, top: child)
                continue
            }
            readItem(child, as: planChild, index: index)
        }
        for (position, planChild) in children.enumerated() where counts[position] < plan.nodes[planChild].minimum {
            let name = plan.nodes[planChild].name
            complain("missing", node, tree.syntax == .xml ? "holds no \(name)" : "has no member \"\(name)\"")
        }
    }

    private func position(of child: Int, among planChildren: [Int], from cursor: Int) -> Int? {
        let name = tree.nameBytes(of: child)
        for position in planChildren.indices[cursor...]
        where plan.nodes[planChildren[position]].nameBytes.elementsEqual(name) {
            return position
        }
        return planChildren[..<cursor].firstIndex { plan.nodes[$0].nameBytes.elementsEqual(name) }
    }

    private mutating func readArray(_ node: Int, as planNode: Int, index: Int) {
        guard tree.nodes[node].kind == .array else {
            complain("type", node, "must be of type array, is \(tree.nodes[node].kind.word)", isFatal: true)
            noteUnlisted(node, top: node)
            return
        }
        var count = 0
        for item in tree.children(of: node) {
            readItem(item, as: planNode, index: index)
            count += 1
        }
        if count == 0 { reading.leaves.append(ReadLeaf(node: node, planNode: planNode)) }
        if count < plan.nodes[planNode].minimum {
            complain("missing", node, "must have at least \(plan.nodes[planNode].minimum) items")
        }
    }

    /// Reads one repetition of a node, as an item of the hub's list if the node is one.
    private mutating func readItem(_ node: Int, as planNode: Int, index: Int) {
        guard let list = plan.nodes[planNode].list else {
            read(node, as: planNode, index: index)
            return
        }
        let item = reading.hub.count(of: list)
        reading.hub.append(to: list)
        let firstLeaf = reading.leaves.count
        read(node, as: planNode, index: item)
        if isLenient, list == .reasons, let missing = missingBinding(of: planNode, item) {
            // HMRC's own parser skipped a functional error without type or pointer (contract section 6).
            warn("incomplete-error", node, "is left out: it has no \(missing)")
            reading.hub.reasons.removeLast()
            reading.irregularLists.insert(list)
            for leaf in reading.leaves.indices[firstLeaf...] { reading.leaves[leaf].field = nil }
        }
    }

    private func missingBinding(of planNode: Int, _ item: Int) -> String? {
        plan.nodes[planNode].children.first { child in
            guard plan.nodes[child].minimum > 0, let field = plan.nodes[child].rule.binding?.field else { return false }
            return reading.hub[field, item] == nil
        }.map { plan.nodes[$0].name }
    }

    // MARK: - Leaves

    private mutating func readLeaf(_ node: Int, as planNode: Int, index: Int) {
        let leaf = plan.nodes[planNode]
        guard let type = leaf.type else { return }
        guard tree.isLeaf(node) else {
            complain("type", node, "must hold a text and nothing else", isFatal: tree.syntax == .json)
            noteUnlisted(node, top: node)
            return
        }
        if tree.nodes[node].end > Int32(node + 1) {
            complain("unknown-element", node, "has attributes that the schema does not have")
            for child in tree.children(of: node) { noteUnlisted(child, top: node) }
        }
        let raw = tree.textBytes(of: node)
        let text = tree.syntax == .xml ? raw.collapsingXMLSpace() : raw
        if leaf.rule.secret != nil { reading.secrets.append(String(decoding: raw, as: UTF8.self)) }
        var isUsable = true
        if let violation = type.violation(in: text, kind: tree.nodes[node].kind, syntax: tree.syntax) {
            complain(violation.code, node, violation.message, isFatal: violation.code == "type")
            isUsable = isLenient && violation.code != "type" && violation.code != "empty"
        }
        var entry = ReadLeaf(node: node, planNode: planNode, index: index)
        if let binding = leaf.rule.binding, isUsable {
            bind(&entry, binding, String(decoding: text, as: UTF8.self), type)
        }
        reading.leaves.append(entry)
        if let why = leaf.rule.otherwise, case .constant(let expected)? = leaf.rule.sources.first,
            !text.elementsEqual(expected.utf8)
        {
            reading.separations.append(
                Reading.Separation(
                    why: why, path: tree.path(of: node), place: tree.nodes[node].place,
                    guarantee: plan.holdsManyGuarantees ? index : nil))
        }
    }

    private mutating func bind(_ entry: inout ReadLeaf, _ binding: Rule.Binding, _ text: String, _ type: ValueType) {
        let field = binding.field
        var known = reading.hub[field, entry.index]
        if case .time = binding {} else if field.list?.isScalar == true { known = nil }
        guard var value = binding.hubText(from: text, known: known) else {
            if case .amount = binding { complain("amount", entry.node, "must be a number", isFatal: true) }
            return
        }
        if field == .errorMessage, let masked = conditions.masked(value) {
            reading.secrets.append(value)
            value = masked
        }
        if let known, known != value {
            guard case .time = binding else { return }
        }
        reading.hub[field, entry.index] = value
        entry.field = field
        let raw = tree.text(of: entry.node)
        entry.isExact =
            tree.nodes[entry.node].end == Int32(entry.node + 1)
            && binding.spells(raw, from: value, type: type, syntax: tree.syntax)
    }

    private mutating func readUnlisted(_ node: Int) {
        if tree.syntax == .xml {
            let name = tree.name(of: node)
            let what = name == "#text" ? "a text between elements" : name.hasPrefix("@") ? "an attribute" : "an element"
            complain("unknown-element", node, "is \(what) that the schema does not have")
        }
        noteUnlisted(node, top: node)
    }

    private mutating func noteUnlisted(_ node: Int, top: Int) {
        if tree.isLeaf(node) { reading.leaves.append(ReadLeaf(node: node, top: top)) }
        for child in tree.children(of: node) { noteUnlisted(child, top: top) }
    }

    // MARK: - Meaning

    private mutating func classify() {
        guard reading.hub.kind == .refusal || reading.hub.kind == .serviceError else { return }
        let row =
            if let condition = plan.file.condition {
                conditions.row(of: condition)
            } else if let code = reading.hub.error.code {
                conditions.row(
                    saying: code, reading.hub.error.message, status: reading.hub.error.status, in: plan.format)
            } else {
                conditions.row(matching: reading.hub)
            }
        guard let row else {
            // Words that the schema refuses are reported already.
            guard reading.isValid else { return }
            complain(
                "unknown-error", reading.messageNodes[0], "says an error that this version does not have", isFatal: true
            )
            return
        }
        reading.hub.condition = row.condition
        if case .condition = plan.file.meaning { reading.hub.kind = row.kind }
    }

    private mutating func checkGRN(_ index: Int) {
        guard let grn = reading.hub.guarantees[index].grn,
            let leaf = reading.leaves.first(where: { $0.field == .grn && $0.index == index })
        else { return }
        if grn.hasValidCheckDigit == false {
            warn("check-digit", leaf.node, "the GRN's check digit does not fit")
        } else if !grn.isWellFormed {
            warn("grn-form", leaf.node, "has not the form of a GRN")
        }
    }

    // MARK: - Remarks

    /// Notes what the schema forbids: an error, which lenient reading forgives unless it is fatal.
    private mutating func complain(_ code: String, _ node: Int, _ message: String, isFatal: Bool = false) {
        note(isLenient && !isFatal ? .warning : .error, code, node, message)
    }

    private mutating func warn(_ code: String, _ node: Int, _ message: String) { note(.warning, code, node, message) }

    private mutating func note(_ severity: Remark.Severity, _ code: String, _ node: Int, _ message: String) {
        reading.remarks.append(
            Remark(
                severity, code: code, path: tree.path(of: node), place: tree.nodes[node].place, message: message))
    }
}

extension HubList {
    /// Whether the items are texts themselves.
    fileprivate var isScalar: Bool { fields.count == 1 }
}

extension UInt8 {
    var isXMLSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}

extension ArraySlice<UInt8> {
    /// The text with white space at the ends removed and runs of it made one space, as `xs:token` asks.
    func collapsingXMLSpace() -> ArraySlice<UInt8> {
        guard contains(where: \.isXMLSpace) else { return self }
        return split(whereSeparator: \.isXMLSpace).joined(separator: CollectionOfOne(0x20)).reduce(into: []) {
            $0.append($1)
        }
    }
}

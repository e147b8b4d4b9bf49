import GuaranteeModel

/// Compiles a mapping file and its schema to a plan, and refuses what does not fit together: every leaf of the schema has
/// exactly one rule, and every rule a leaf.
struct PlanCompiler {
    private let file: MappingFile
    private var nodes: [Draft] = []

    /// A node of the schema while rules and lists are attached to it.
    struct Draft {
        var schema: SchemaNode
        var field: String
        var parent: Int
        var children: [Int] = []
        var rule = Rule()
        var list: HubList?

        var isLeaf: Bool { schema.type != nil }
    }

    static func compile(_ file: MappingFile, _ schema: SchemaNode) throws(MappingError) -> MessagePlan {
        var compiler = PlanCompiler(file: file)
        compiler.add(schema, field: "", parent: -1)
        try compiler.attachRules()
        try compiler.attachLists()
        try compiler.checkPaths()
        return compiler.plan()
    }

    private init(file: MappingFile) {
        self.file = file
    }

    private mutating func add(_ schema: SchemaNode, field: String, parent: Int) {
        let index = nodes.count
        nodes.append(Draft(schema: schema, field: field, parent: parent))
        if parent >= 0 { nodes[parent].children.append(index) }
        for child in schema.children {
            add(child, field: field.isEmpty ? child.name : "\(field)/\(child.name)", parent: index)
        }
    }

    private mutating func attachRules() throws(MappingError) {
        var missing = Set(nodes.filter(\.isLeaf).map(\.field))
        for (leaf, rule, line) in file.rules {
            guard let index = nodes.firstIndex(where: { $0.field == leaf && $0.isLeaf }) else {
                throw problem("the rule for \"\(leaf)\" matches no leaf of \(file.schema)", line: line)
            }
            nodes[index].rule = rule
            missing.remove(leaf)
        }
        guard missing.isEmpty else {
            throw problem("no rule for \(missing.sorted().joined(separator: ", ")), which \(file.schema) has")
        }
    }

    private mutating func attachLists() throws(MappingError) {
        for (group, list) in file.lists {
            guard let index = nodes.firstIndex(where: { $0.field == group }) else {
                throw problem("\"\(group)\" is no node of \(file.schema)")
            }
            nodes[index].list = list
        }
        for index in nodes.indices {
            guard let list = nodes[index].rule.binding?.field.list, list != .guarantees || listsGuarantees else {
                continue
            }
            guard enclosingList(of: index) == list else {
                throw problem("\"\(nodes[index].field)\" belongs to the list \(list.rawValue) but stands outside it")
            }
        }
    }

    private var listsGuarantees: Bool { file.lists.values.contains(.guarantees) }

    private func enclosingList(of index: Int) -> HubList? {
        var node = index
        while node >= 0 {
            if let list = nodes[node].list { return list }
            node = nodes[node].parent
        }
        return nil
    }

    private func checkPaths() throws(MappingError) {
        var fields = file.recognitions.flatMap { recognition in
            (recognition.has + recognition.match.map(\.leaf) + recognition.spelling.values).map(\.text)
        }
        fields += [file.pairing.query, file.pairing.answers, file.pairing.reference].compactMap(\.self)
        for field in fields where !nodes.contains(where: { $0.field == field }) {
            throw problem("\"\(field)\" is no node of \(file.schema)")
        }
    }

    private func plan() -> MessagePlan {
        let parts =
            file.format == .v1XML
            ? []
            : file.roots.compactMap { root in
                nodes.firstIndex { $0.field == root }
            }
        return MessagePlan(
            file: file, nodes: nodes.map(MessagePlan.Node.init), roots: [MessagePlan.root] + parts,
            holdsManyGuarantees: listsGuarantees)
    }

    private func problem(_ message: String, line: Int? = nil) -> MappingError {
        MappingError(file: file.file, line: line, message: message)
    }
}

import GuaranteeModel

/// Finds the message in a document, inside whatever envelope, and tells which it is by what it says.
struct Recogniser {
    struct Match {
        var plan: MessagePlan
        var node: Int
        var root: Int
    }

    let mappings: MappingSet
    /// The format that the user says it is; nil where content tells.
    let format: MessageFormat?

    func recognise(_ tree: WireTree) throws(TranslationError) -> [Match] {
        switch tree.syntax {
        case .xml: [try message(in: tree)]
        case .json where tree.nodes[WireTree.root].kind == .array: try array(tree)
        case .json: [try message(in: tree, below: WireTree.root)]
        }
    }

    // MARK: - XML

    private func message(in tree: WireTree) throws(TranslationError) -> Match {
        var matches: [Match] = []
        var node = 0
        while node < tree.nodes.count {
            if let plan = plan(rootNamed: localName(of: node, in: tree)) {
                matches.append(Match(plan: plan, node: node, root: MessagePlan.root))
                node = Int(tree.nodes[node].end)
            } else {
                node += 1
            }
        }
        guard let match = matches.first else {
            throw TranslationError(
                .unknownMessage, at: tree.nodes[WireTree.root].place, path: tree.path(of: WireTree.root),
                "is no message that the toolkit knows, and holds none")
        }
        guard matches.count == 1 else { throw several(matches, in: tree) }
        return match
    }

    private func localName(of node: Int, in tree: WireTree) -> ArraySlice<UInt8> {
        let name = tree.nameBytes(of: node)
        return name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
    }

    private func plan(rootNamed name: ArraySlice<UInt8>) -> MessagePlan? {
        guard format == nil || format == .v1XML else { return nil }
        return mappings.plans.first { $0.format == .v1XML && $0.nodes[MessagePlan.root].nameBytes.elementsEqual(name) }
    }

    // MARK: - JSON

    /// An array of messages is what one message of several guarantees becomes: all must be of one kind.
    private func array(_ tree: WireTree) throws(TranslationError) -> [Match] {
        var matches: [Match] = []
        for item in tree.children(of: WireTree.root) {
            let match = try message(in: tree, below: item)
            let isMany = match.plan.file.canBeOneOfMany
            guard matches.isEmpty || isMany && matches[0].plan.message == match.plan.message else {
                throw TranslationError(
                    .unknownMessage, at: tree.nodes[item].place, path: tree.path(of: item),
                    "stands in an array with another message: only queries, or answers, can stand together")
            }
            matches.append(match)
        }
        guard !matches.isEmpty else {
            throw TranslationError(.unknownMessage, at: tree.nodes[0].place, path: "", "is an empty array")
        }
        return matches
    }

    /// Looks at a value itself, then level by level at the objects inside it.
    private func message(in tree: WireTree, below top: Int) throws(TranslationError) -> Match {
        var level = [top]
        while !level.isEmpty {
            var found: [Match] = []
            for node in level where tree.nodes[node].kind == .group {
                let matches = self.matches(at: node, in: tree)
                let formats = Set(matches.map(\.plan.format))
                guard formats.count < 2 else {
                    throw TranslationError(
                        .ambiguousFormat, at: tree.nodes[node].place, path: tree.path(of: node),
                        "means the same in v1.0 and in v2.0, and nothing tells which it is: say so with --from")
                }
                if let match = matches.first { found.append(match) }
            }
            guard found.count < 2 else { throw several(found, in: tree) }
            if let match = found.first { return match }
            level = level.flatMap { node in tree.children(of: node).filter { tree.nodes[$0].kind == .group } }
        }
        throw TranslationError(
            .unknownMessage, at: tree.nodes[top].place, path: tree.path(of: top),
            "is no message that the toolkit knows, and holds none")
    }

    private func matches(at node: Int, in tree: WireTree) -> [Match] {
        var matches: [Match] = []
        for plan in mappings.plans where plan.format != .v1XML && (format == nil || plan.format == format) {
            for (root, path) in plan.roots {
                let probe = Probe(tree: tree, node: node, prefix: path)
                if plan.file.recognitions.contains(where: { holds($0, probe, plan.format) }) {
                    matches.append(Match(plan: plan, node: node, root: root))
                    break
                }
            }
        }
        return matches
    }

    /// Whether a node is what a plan says that its messages, or parts of them, are.
    func isRecognised(_ node: Int, in tree: WireTree, as plan: MessagePlan, root: FieldPath) -> Bool {
        let probe = Probe(tree: tree, node: node, prefix: root)
        return plan.file.recognitions.contains { holds($0, probe, plan.format) }
    }

    /// Whether what has all of a plan's members, from a root on, and no others can be taken for no other message.
    func isUnmistakable(_ plan: MessagePlan, root: FieldPath) -> Bool {
        func relative(_ path: FieldPath, to root: FieldPath) -> String? {
            guard path.steps.starts(with: root.steps) else { return nil }
            return String(decoding: Array(path.steps[root.steps.count...].joined(separator: [0x2F])), as: UTF8.self)
        }
        // Whether every message has a node, as all around it are needed, too.
        func isNeeded(_ node: MessagePlan.Node) -> Bool {
            var node = node
            while node.field != root.text, node.minimum > 0, node.parent >= 0 { node = plan.nodes[node.parent] }
            return node.field == root.text
        }
        let always = plan.nodes.filter(isNeeded)
        let needed = Set(always.compactMap { relative(FieldPath($0.field), to: root) })
        let full = Set(always.filter { !$0.isLeaf }.compactMap { relative(FieldPath($0.field), to: root) })
        // What all of its messages say.
        var said: [String: String] = [:]
        if let recognition = plan.file.recognitions.first, plan.file.recognitions.count == 1 {
            for (leaf, pattern) in recognition.match where !pattern.text.contains("*") {
                if let place = relative(leaf, to: root) { said[place] = pattern.text }
            }
        }
        let own = Set(plan.nodes.compactMap { relative(FieldPath($0.field), to: root) })
        for other in mappings.plans where other !== plan && other.format != .v1XML {
            guard format == nil || other.format == format else { continue }
            for (_, otherRoot) in other.roots {
                for recognition in other.file.recognitions {
                    let places = (recognition.has + recognition.match.map(\.leaf) + Array(recognition.spelling.values))
                        .map { relative($0, to: otherRoot) }
                    // What must not be there is, and what must say one thing says another.
                    if recognition.hasNot.contains(where: { relative($0, to: otherRoot).map(needed.contains) ?? false })
                    {
                        continue
                    }
                    if recognition.match.contains(where: { leaf, pattern in
                        guard !pattern.text.contains("*"), let place = relative(leaf, to: otherRoot) else {
                            return false
                        }
                        return said[place].map { $0 != pattern.text } ?? false
                    }) {
                        continue
                    }
                    // What must be empty is not, where it must hold something.
                    if let empty = recognition.empty.flatMap({ relative($0, to: otherRoot) }), full.contains(empty) {
                        continue
                    }
                    // What lies outside the root is not looked for.
                    if places.contains(nil) { continue }
                    if places.allSatisfy({ own.contains($0 ?? "") }) { return false }
                }
            }
        }
        return true
    }

    private func holds(_ recognition: MappingFile.Recognition, _ probe: Probe, _ format: MessageFormat) -> Bool {
        for field in recognition.has where probe.node(at: field) == nil { return false }
        for field in recognition.hasNot where probe.node(at: field) != nil { return false }
        for (field, pattern) in recognition.match {
            guard let node = probe.node(at: field), pattern.matches(probe.tree.textBytes(of: node)) else {
                return false
            }
        }
        if let field = recognition.empty, let node = probe.node(at: field), !probe.isEmpty(node) { return false }
        guard !recognition.spelling.isEmpty else { return true }
        func text(_ part: String) -> String? {
            recognition.spelling[part].flatMap { probe.node(at: $0) }.map { probe.tree.text(of: $0) }
        }
        guard let code = text("code") else { return false }
        return mappings.conditions.row(saying: code, text("message"), status: text("status"), in: format) != nil
    }

    private func several(_ matches: [Match], in tree: WireTree) -> TranslationError {
        TranslationError(
            .unknownMessage, at: tree.nodes[matches[1].node].place, path: tree.path(of: matches[1].node),
            "is the second of \(matches.count) messages in one record: each needs a record of its own")
    }
}

/// Looks up places of a schema in a JSON value that begins at one of them.
private struct Probe {
    let tree: WireTree
    let node: Int
    /// The place in the schema where the value begins; empty for the whole.
    let prefix: FieldPath

    func node(at field: FieldPath) -> Int? {
        guard field.steps.starts(with: prefix.steps) else { return nil }
        var node = self.node
        for step in field.steps[prefix.steps.count...] {
            guard let child = tree.child(named: step, of: node) else { return nil }
            node = child
        }
        return node
    }

    func isEmpty(_ node: Int) -> Bool {
        tree.nodes[node].kind == .null || tree.isLeaf(node) && tree.textBytes(of: node).isEmpty
    }
}

extension MappingFile {
    /// Whether several of these messages can be the parts of one.
    fileprivate var canBeOneOfMany: Bool {
        switch meaning {
        case .kind(.query), .kind(.answer): true
        default: false
        }
    }
}

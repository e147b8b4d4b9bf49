import Translation

/// Where an HTTP exchange, or one side of it, stands in a JSON document: told by its members, in whatever is around it.
enum ExchangeShape: Equatable {
    /// An object with a request, and with its response or without.
    case exchange(Int)
    case request(Int)
    case response(Int)

    /// Looks at a value itself, then level by level at the objects inside it; nil where there is none.
    ///
    /// - Throws: `unknown-message` where several stand side by side.
    static func find(
        in tree: WireTree, below top: Int = WireTree.root
    ) throws(TranslationError) -> ExchangeShape? {
        var level = [top]
        while !level.isEmpty {
            let found = level.filter { shape(at: $0, in: tree) != nil }
            guard found.count < 2 else {
                throw TranslationError(
                    .unknownMessage, at: tree.nodes[found[1]].place, path: tree.path(of: found[1]),
                    "is the second of \(found.count) exchanges in one record: each needs a record of its own")
            }
            if let first = found.first { return shape(at: first, in: tree) }
            level = level.flatMap { node in tree.children(of: node).filter { tree.nodes[$0].kind == .group } }
        }
        return nil
    }

    /// What a value is by itself.
    static func shape(at node: Int, in tree: WireTree) -> ExchangeShape? {
        guard tree.nodes[node].kind == .group else { return nil }
        let request = tree.child("request", of: node)
        let response = tree.child("response", of: node)
        if let request, hasAddress(request, tree) { return .exchange(node) }
        if let response, status(of: response, tree) != nil { return .exchange(node) }
        if tree.child("method", of: node) != nil, hasAddress(node, tree) { return .request(node) }
        return isResponse(node, tree) ? .response(node) : nil
    }

    /// The status of a response; nil where the object is none. 0 is what browsers note where no answer came.
    static func status(of node: Int, _ tree: WireTree) -> Int? {
        guard tree.nodes[node].kind == .group, let member = tree.child("status", of: node),
            tree.nodes[member].kind == .number || tree.nodes[member].kind == .string,
            let status = Int(tree.text(of: member)), status == 0 || (100...599).contains(status)
        else { return nil }
        return status
    }

    private static func hasAddress(_ node: Int, _ tree: WireTree) -> Bool {
        guard tree.nodes[node].kind == .group else { return false }
        return ["path", "url"].contains { name in
            tree.child(name, of: node).map { tree.nodes[$0].kind == .string } ?? false
        }
    }

    /// A status alone may stand in any envelope: a response has headers or a body too, or nothing else but a time.
    private static func isResponse(_ node: Int, _ tree: WireTree) -> Bool {
        guard status(of: node, tree) != nil else { return false }
        if ["body", "headers", "content"].contains(where: { tree.child($0, of: node) != nil }) { return true }
        return tree.children(of: node).allSatisfy {
            let name = tree.name(of: $0)
            return name == "status" || ExchangeTimes.names.contains(name)
        }
    }
}

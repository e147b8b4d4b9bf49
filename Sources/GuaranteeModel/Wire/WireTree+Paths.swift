extension WireTree {
    /// Where a node stands: an absolute XPath with positions where a name repeats (`/CD037A/GUAREF2[2]/AccDatREF24`),
    /// or a JSON Pointer (RFC 6901: `/response/errors/0/errorType`; the root is empty).
    ///
    /// - Parameter top: the node that the path begins with; its name is an XPath's first step, and no part of a pointer.
    package func path(of node: Int, below top: Int = WireTree.root) -> String {
        switch syntax {
        case .xml: xpath(of: node, below: top)
        case .json: jsonPointer(of: node, below: top)
        }
    }

    private func xpath(of node: Int, below top: Int) -> String {
        let parent = Int(nodes[node].parent)
        guard parent >= 0, node != top else { return "/" + name(of: node) }
        var position = 0
        var count = 0
        for sibling in children(of: parent) where nameBytes(of: sibling) == nameBytes(of: node) {
            count += 1
            if sibling == node { position = count }
        }
        let step = "/" + name(of: node)
        return xpath(of: parent, below: top) + (count > 1 ? "\(step)[\(position)]" : step)
    }

    private func jsonPointer(of node: Int, below top: Int) -> String {
        let parent = Int(nodes[node].parent)
        guard parent >= 0, node != top else { return "" }
        if nodes[parent].kind == .array {
            var index = 0
            for sibling in children(of: parent) {
                if sibling == node { break }
                index += 1
            }
            return jsonPointer(of: parent, below: top) + "/\(index)"
        }
        return jsonPointer(of: parent, below: top) + "/" + Self.escapedForPointer(name(of: node))
    }

    /// A member's name as a JSON Pointer step: `~` as `~0`, `/` as `~1`.
    package static func escapedForPointer(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == 0x7E || $0 == 0x2F }) else { return name }
        var step = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": step += "~0"
            case "/": step += "~1"
            default: step.unicodeScalars.append(scalar)
            }
        }
        return step
    }
}

extension WireTree {
    /// Every node's path, as `path(of:)` gives it, in one pass over the tree.
    package func allPaths() -> [String] {
        var paths = [String](repeating: "", count: nodes.count)
        guard !nodes.isEmpty else { return paths }
        if syntax == .xml { paths[0] = "/" + name(of: 0) }
        for parent in nodes.indices where nodes[parent].end > Int32(parent + 1) {
            var seen: [ArraySlice<UInt8>: Int] = [:]
            var totals: [ArraySlice<UInt8>: Int] = [:]
            if syntax == .xml {
                for child in children(of: parent) { totals[nameBytes(of: child), default: 0] += 1 }
            }
            for (index, child) in children(of: parent).enumerated() {
                let step: String
                if syntax == .xml {
                    let name = nameBytes(of: child)
                    seen[name, default: 0] += 1
                    step = self.name(of: child) + (totals[name] == 1 ? "" : "[\(seen[name] ?? 1)]")
                } else {
                    step = nodes[parent].kind == .array ? "\(index)" : Self.escapedForPointer(name(of: child))
                }
                paths[child] = paths[parent] + "/" + step
            }
        }
        return paths
    }
}

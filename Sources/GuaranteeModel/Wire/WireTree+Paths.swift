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

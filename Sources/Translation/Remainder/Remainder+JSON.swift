package import GuaranteeModel
package import JSONMessages
package import XMLMessages

extension Remainder {
    /// Adds the remainder's members to a JSON object: `schemaVersion`, `original`, `leaves`, `absent`.
    package func write(to json: inout JSONStream) {
        json.member("schemaVersion", Self.schemaVersion)
        json.object("original") { json in
            json.member("format", format.rawValue)
            json.member("message", message)
            json.array("roots") { json in for root in roots { json.item(root) } }
            if let keptGuarantees {
                json.array("guarantees") { json in for position in keptGuarantees { json.item(position) } }
            }
            json.array("at") { json in for position in positions { json.item(position) } }
            if let container {
                json.object("container") { json in
                    json.member("at", container.path)
                    switch container.tree.syntax {
                    case .json: json.member("document", tree: container.tree, node: WireTree.root)
                    case .xml: json.member("document", Self.xml(container.tree))
                    }
                }
            }
            if let envelope {
                switch envelope.syntax {
                case .json: json.member("envelope", tree: envelope, node: WireTree.root)
                case .xml: json.member("envelope", Self.xml(envelope))
                }
            }
        }
        json.array("leaves") { json in
            for entry in entries {
                guard case .content(let tree, let node) = entry.value else { continue }
                json.object { json in
                    json.member("path", entry.path)
                    if entry.isSuperseded { json.member("superseded", true) }
                    if tree.syntax == .json {
                        json.member("value", tree: tree, node: node)
                    } else if tree.nodes[node].end == Int32(node + 1) {
                        json.member("value", tree.text(of: node))
                    } else {
                        json.member("xml", Self.xml(tree))
                    }
                }
            }
        }
        json.array("absent") { json in
            for entry in entries {
                if case .absent = entry.value { json.item(entry.path) }
            }
        }
    }

    /// A remainder from the object at `node`.
    ///
    /// - Parameter reader: reads what is kept as XML.
    package init(_ tree: WireTree, _ node: Int = WireTree.root, reader: XMLReader) throws(Problem) {
        guard tree.child("schemaVersion", of: node).map({ tree.text(of: $0) }) == "\(Self.schemaVersion)" else {
            throw Problem(description: "the remainder has not schema version \(Self.schemaVersion)")
        }
        guard let original = tree.child("original", of: node),
            let format = Self.text("format", original, tree).flatMap(MessageFormat.init(rawValue:)),
            let message = Self.text("message", original, tree), let roots = tree.child("roots", of: original),
            let positions = tree.child("at", of: original), let leaves = tree.child("leaves", of: node),
            let absent = tree.child("absent", of: node)
        else { throw Problem(description: "the remainder is incomplete") }
        self.format = format
        self.message = message
        self.roots = tree.children(of: roots).map { tree.text(of: $0) }
        self.positions = tree.children(of: positions).map { tree.text(of: $0) }
        if let envelope = tree.child("envelope", of: original) {
            self.envelope =
                format.syntax == .xml
                ? try Self.tree(fromXML: tree.text(of: envelope), reader) : Self.copy(tree, envelope)
        }
        keptGuarantees = tree.child("guarantees", of: original).map { node in
            tree.children(of: node).compactMap { Int(tree.text(of: $0)) }
        }
        entries = []
        for leaf in tree.children(of: leaves) {
            guard let path = Self.text("path", leaf, tree) else {
                throw Problem(description: "a leaf of the remainder has no path")
            }
            entries.append(
                Entry(
                    path: path, value: try Self.value(leaf, tree, format, reader),
                    isSuperseded: tree.child("superseded", of: leaf) != nil))
        }
        entries += tree.children(of: absent).map { Entry(path: tree.text(of: $0), value: .absent) }
    }

    private static func value(
        _ leaf: Int, _ tree: WireTree, _ format: MessageFormat, _ reader: XMLReader
    ) throws(Problem) -> RestoredNode.Value {
        if let xml = text("xml", leaf, tree) { return .content(try self.tree(fromXML: xml, reader), WireTree.root) }
        guard let value = tree.child("value", of: leaf) else {
            throw Problem(description: "a leaf of the remainder has no value")
        }
        return .content(copy(tree, value, as: format.syntax), WireTree.root)
    }

    private static func text(_ name: String, _ node: Int, _ tree: WireTree) -> String? {
        tree.child(name, of: node).map { tree.text(of: $0) }
    }

    private static func copy(_ tree: WireTree, _ node: Int, as syntax: WireTree.Syntax = .json) -> WireTree {
        var copy = WireTree(syntax: syntax)
        copy.graft(tree, node, named: "")
        return copy
    }

    private static func tree(fromXML text: String, _ reader: XMLReader) throws(Problem) -> WireTree {
        do {
            return try reader.read(Array(text.utf8), encoding: .decodedText)
        } catch {
            throw Problem(description: "a part of the remainder is no XML")
        }
    }

    private static func xml(_ tree: WireTree) -> String {
        var bytes: [UInt8] = []
        // What was read from XML has no character that XML can't hold.
        try? XMLWriter.write(tree, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

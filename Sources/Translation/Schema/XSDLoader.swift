import GuaranteeModel
import XMLMessages

/// Reads the subset of XSD that `mappings/schemas/*.xsd` use into the tree that plans are compiled from.
struct XSDLoader {
    private let tree: WireTree
    private var types: [String: ValueType] = [:]

    /// The root element of the schema in `bytes`.
    static func load(_ bytes: [UInt8]) throws -> SchemaNode {
        let tree = try XMLReader().read(bytes)
        var loader = XSDLoader(tree: tree)
        return try loader.loadSchema()
    }

    private init(tree: WireTree) {
        self.tree = tree
    }

    private mutating func loadSchema() throws(SchemaError) -> SchemaNode {
        guard tree.name(of: WireTree.root) == "xs:schema" else { throw problem(WireTree.root, "is no xs:schema") }
        for child in elements(of: WireTree.root) where tree.name(of: child) != "xs:element" {
            guard tree.name(of: child) == "xs:simpleType" else { throw problem(child, "is not supported") }
            let type = try simpleType(child)
            types[type.name] = type
        }
        let roots = elements(of: WireTree.root).filter { tree.name(of: $0) == "xs:element" }
        guard roots.count == 1 else { throw problem(WireTree.root, "must have exactly one root element") }
        return try element(roots[0])
    }

    private func simpleType(_ node: Int) throws(SchemaError) -> ValueType {
        try allow(["name"], on: node)
        var type = ValueType(name: try attribute("name", of: node), kind: .string)
        for restriction in elements(of: node) {
            guard tree.name(of: restriction) == "xs:restriction", try attribute("base", of: restriction) == "xs:token"
            else { throw problem(restriction, "must be a restriction of xs:token") }
            try allow(["base"], on: restriction)
            for facet in elements(of: restriction) {
                try allow(["value"], on: facet)
                let value = try attribute("value", of: facet)
                switch tree.name(of: facet) {
                case "xs:length": type.length = Int(value)
                case "xs:minLength": type.minimumLength = Int(value)
                case "xs:maxLength": type.maximumLength = Int(value)
                case "xs:pattern": type.pattern = try Pattern(value)
                case "xs:enumeration": type.values.append(value)
                case let other: throw problem(facet, "a facet that is not supported: \(other)")
                }
            }
        }
        return type
    }

    private func element(_ node: Int) throws(SchemaError) -> SchemaNode {
        try allow(["name", "type", "minOccurs", "maxOccurs"], on: node)
        let name = try attribute("name", of: node)
        let minimum = optionalAttribute("minOccurs", of: node).flatMap { Int($0) } ?? 1
        let maximum = optionalAttribute("maxOccurs", of: node).map { Int($0) ?? Int.max } ?? 1
        if let typeName = optionalAttribute("type", of: node) {
            guard let type = types[typeName] else { throw problem(node, "names a type that is not here: \(typeName)") }
            return SchemaNode(name: name, minimum: minimum, maximum: maximum, content: .leaf(type))
        }
        let complexTypes = elements(of: node)
        guard complexTypes.count == 1, tree.name(of: complexTypes[0]) == "xs:complexType" else {
            throw problem(node, "must have a type or one xs:complexType")
        }
        let sequences = elements(of: complexTypes[0])
        guard sequences.count == 1, tree.name(of: sequences[0]) == "xs:sequence" else {
            throw problem(node, "must have one xs:sequence")
        }
        try allow([], on: complexTypes[0])
        try allow([], on: sequences[0])
        var children: [SchemaNode] = []
        for child in elements(of: sequences[0]) {
            guard tree.name(of: child) == "xs:element" else { throw problem(child, "must be an xs:element") }
            children.append(try element(child))
        }
        return SchemaNode(name: name, minimum: minimum, maximum: maximum, content: .group(children))
    }

    private func allow(_ attributes: [String], on node: Int) throws(SchemaError) {
        for child in tree.children(of: node) where tree.nameBytes(of: child).first == UInt8(ascii: "@") {
            let name = String(tree.name(of: child).dropFirst())
            guard attributes.contains(name) else {
                throw problem(node, "has an attribute that is not supported: \(name)")
            }
        }
    }

    private func elements(of node: Int) -> [Int] {
        tree.children(of: node).filter { tree.nameBytes(of: $0).first != UInt8(ascii: "@") }
    }

    private func optionalAttribute(_ name: String, of node: Int) -> String? {
        tree.child("@" + name, of: node).map { tree.text(of: $0) }
    }

    private func attribute(_ name: String, of node: Int) throws(SchemaError) -> String {
        guard let value = optionalAttribute(name, of: node) else { throw problem(node, "has no \(name)") }
        return value
    }

    private func problem(_ node: Int, _ message: String) -> SchemaError {
        SchemaError(path: "line \(tree.nodes[node].place.line)", message: "\(tree.name(of: node)) \(message)")
    }
}

import GuaranteeModel
import JSONMessages

/// Reads the subset of JSON Schema (2020-12) that `mappings/schemas/*.json` use into the tree that plans are compiled from.
struct JSONSchemaLoader {
    private let tree: WireTree

    /// The root of the schema in `bytes`: an object with an empty name.
    static func load(_ bytes: [UInt8]) throws -> SchemaNode {
        let loader = JSONSchemaLoader(tree: try JSONReader().read(bytes))
        return try loader.node(WireTree.root, name: "", isRequired: true)
    }

    private func node(_ schema: Int, name: String, isRequired: Bool) throws(SchemaError) -> SchemaNode {
        let minimum = isRequired ? 1 : 0
        switch text("type", of: schema) {
        case "object":
            try allow(["$schema", "title", "type", "properties", "required"], in: schema)
            var children: [SchemaNode] = []
            let required = try strings("required", of: schema)
            if let properties = tree.child("properties", of: schema) {
                for property in tree.children(of: properties) {
                    let childName = tree.name(of: property)
                    children.append(
                        try node(property, name: childName, isRequired: required.contains(childName)))
                }
            }
            for name in required where !children.contains(where: { $0.name == name }) {
                throw problem(schema, "requires a property that it does not describe: \(name)")
            }
            return SchemaNode(name: name, minimum: minimum, maximum: 1, content: .group(children))
        case "array":
            try allow(["type", "items", "minItems", "maxItems"], in: schema)
            guard let items = tree.child("items", of: schema) else { throw problem(schema, "has no items") }
            var item = try node(items, name: name, isRequired: isRequired)
            guard !item.isArray else { throw problem(items, "arrays of arrays are not supported") }
            item.isArray = true
            item.minimum = isRequired ? number("minItems", of: schema) ?? 0 : 0
            item.maximum = number("maxItems", of: schema) ?? Int.max
            return item
        case let kind?:
            return SchemaNode(
                name: name, minimum: minimum, maximum: 1, content: .leaf(try leaf(schema, kind: kind)))
        case nil:
            throw problem(schema, "has no type")
        }
    }

    private func leaf(_ schema: Int, kind: String) throws(SchemaError) -> ValueType {
        guard let known = ValueType.Kind(rawValue: kind) else { throw problem(schema, "has an unknown type: \(kind)") }
        try allow(["type", "pattern", "const", "enum", "minLength", "maxLength"], in: schema)
        var type = ValueType(name: kind, kind: known)
        type.pattern = try text("pattern", of: schema).map { (source) throws(SchemaError) in try Pattern(source) }
        type.minimumLength = number("minLength", of: schema)
        type.maximumLength = number("maxLength", of: schema)
        type.values = try strings("enum", of: schema)
        if let value = text("const", of: schema) { type.values.append(value) }
        return type
    }

    private func text(_ member: String, of schema: Int) -> String? {
        tree.child(member, of: schema).map { tree.text(of: $0) }
    }

    private func number(_ member: String, of schema: Int) -> Int? {
        text(member, of: schema).flatMap { Int($0) }
    }

    private func strings(_ member: String, of schema: Int) throws(SchemaError) -> [String] {
        guard let array = tree.child(member, of: schema) else { return [] }
        guard tree.nodes[array].kind == .array else { throw problem(array, "must be an array") }
        return tree.children(of: array).map { tree.text(of: $0) }
    }

    private func allow(_ keywords: [String], in schema: Int) throws(SchemaError) {
        for member in tree.children(of: schema) where !keywords.contains(tree.name(of: member)) {
            throw problem(member, "a keyword that is not supported here")
        }
    }

    private func problem(_ node: Int, _ message: String) -> SchemaError {
        SchemaError(path: tree.path(of: node), message: message)
    }
}

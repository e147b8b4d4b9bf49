/// A message's shape, from an XSD or a JSON Schema: the same tree for both syntaxes.
///
/// Only what the project's own schemas use is understood: sequences of elements in XSD, objects, arrays and scalars in
/// JSON Schema. Anything else fails to load, so no constraint is silently ignored.
package struct SchemaNode: Sendable {
    package enum Content: Sendable {
        case group([SchemaNode])
        case leaf(ValueType)
    }

    /// The element's or member's name; an array's items are described by the array's own node.
    package var name: String
    package var minimum: Int
    package var maximum: Int
    /// Whether the repetition is a JSON array.
    package var isArray = false
    package var content: Content

    var type: ValueType? {
        if case .leaf(let type) = content { type } else { nil }
    }

    var children: [SchemaNode] {
        if case .group(let children) = content { children } else { [] }
    }
}

/// What a leaf may hold.
package struct ValueType: Sendable {
    package enum Kind: String, Sendable {
        case string, number, integer, boolean, null
    }

    /// The type's name in the schema, or a word for its kind.
    package var name: String
    package var kind: Kind
    package var pattern: Pattern?
    package var length: Int?
    package var minimumLength: Int?
    package var maximumLength: Int?
    /// The values that are allowed, where only some are.
    package var values: [String] = []

    init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// Why a schema can't be used: what is wrong with it, and where.
package struct SchemaError: Error, CustomStringConvertible {
    package var path: String
    package var message: String
    package var description: String { path.isEmpty ? message : "\(path): \(message)" }
}

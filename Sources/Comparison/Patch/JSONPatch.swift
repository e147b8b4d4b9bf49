package import GuaranteeModel
import JSONMessages

/// The operations that turn one JSON document into another (RFC 6902), in the order in which they apply.
package struct JSONPatch: Sendable {
    package enum Operation: Sendable, Equatable {
        case add(path: String, value: [UInt8])
        case remove(path: String)
        case replace(path: String, value: [UInt8])
    }

    package private(set) var operations: [Operation] = []

    /// Numbers that are equal but spelled differently differ here: a patch gives the other document as it is spelled.
    package init(from left: WireTree, to right: WireTree) {
        compare(left, WireTree.root, right, WireTree.root, path: "")
    }

    /// The patch as a JSON array.
    package var json: [UInt8] {
        var json = JSONStream()
        json.array { json in
            for operation in operations {
                json.object { json in
                    switch operation {
                    case .add(let path, let value): Self.write("add", path, value, to: &json)
                    case .replace(let path, let value): Self.write("replace", path, value, to: &json)
                    case .remove(let path): Self.write("remove", path, nil, to: &json)
                    }
                }
            }
        }
        return json.bytes
    }

    private static func write(_ operation: String, _ path: String, _ value: [UInt8]?, to json: inout JSONStream) {
        json.member("op", operation)
        json.member("path", path)
        if let value { json.member("value", raw: value) }
    }

    private mutating func compare(_ left: WireTree, _ node: Int, _ right: WireTree, _ other: Int, path: String) {
        let kind = left.nodes[node].kind
        guard kind == right.nodes[other].kind else { return replace(right, other, path) }
        switch kind {
        case .group: compareMembers(left, node, right, other, path: path)
        case .array: compareItems(left, node, right, other, path: path)
        case .string, .number, .boolean, .null:
            if !left.textBytes(of: node).elementsEqual(right.textBytes(of: other)) { replace(right, other, path) }
        }
    }

    private mutating func compareMembers(_ left: WireTree, _ node: Int, _ right: WireTree, _ other: Int, path: String) {
        for child in left.children(of: node) {
            let name = left.name(of: child)
            let step = path + "/" + Self.escaped(name)
            if let match = right.child(name, of: other) {
                compare(left, child, right, match, path: step)
            } else {
                operations.append(.remove(path: step))
            }
        }
        for child in right.children(of: other) where left.child(right.name(of: child), of: node) == nil {
            operations.append(
                .add(
                    path: path + "/" + Self.escaped(right.name(of: child)),
                    value: JSONWriter.bytes(of: right, node: child)))
        }
    }

    private mutating func compareItems(_ left: WireTree, _ node: Int, _ right: WireTree, _ other: Int, path: String) {
        let before = Array(left.children(of: node))
        let after = Array(right.children(of: other))
        for (index, (first, second)) in zip(before, after).enumerated() {
            compare(left, first, right, second, path: "\(path)/\(index)")
        }
        // From the end, so that the places of those before stay what they are.
        for index in (after.count..<max(after.count, before.count)).reversed() {
            operations.append(.remove(path: "\(path)/\(index)"))
        }
        for index in before.count..<max(after.count, before.count) {
            operations.append(.add(path: "\(path)/\(index)", value: JSONWriter.bytes(of: right, node: after[index])))
        }
    }

    private mutating func replace(_ right: WireTree, _ other: Int, _ path: String) {
        operations.append(.replace(path: path, value: JSONWriter.bytes(of: right, node: other)))
    }

    /// A name as a step of a JSON Pointer (RFC 6901).
    private static func escaped(_ name: String) -> String {
        name.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}

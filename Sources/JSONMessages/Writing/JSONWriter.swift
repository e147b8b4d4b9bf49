package import GuaranteeModel

/// Spells trees as JSON.
package struct JSONWriter {
    package enum Style: Sendable {
        /// No white space at all.
        case compact
        /// A line per value, indented by two spaces, `"name": value`. Empty containers stay on one line.
        case pretty
    }

    /// Appends the value at `node` and all in it.
    ///
    /// Superseded members are left out, numbers are spelled by their lexeme. `/`, U+2028, U+2029 and all else that need
    /// not be escaped stay as they are. The value's own name is not written.
    package static func write(
        _ tree: borrowing WireTree, node: Int = 0, style: Style = .compact, into output: inout [UInt8]
    ) {
        write(tree, node: node, style: style, depth: 0, into: &output)
    }

    /// The value at `node` and all in it, on one line.
    package static func bytes(of tree: borrowing WireTree, node: Int = 0) -> [UInt8] {
        var bytes: [UInt8] = []
        write(tree, node: node, into: &bytes)
        return bytes
    }

    /// Appends the value as it stands `depth` containers deep. Goes from node to node in a loop, for trees may be deep.
    static func write(
        _ tree: borrowing WireTree, node: Int, style: Style, depth: Int, into output: inout [UInt8]
    ) {
        let nodes = tree.nodes
        var layout = JSONLayout(style: style, depth: depth)
        var container = -1
        var index = node
        repeat {
            let isMember = container >= 0
            if isMember, nodes[index].isSuperseded {
                index = Int(nodes[index].end)
            } else {
                if isMember {
                    layout.separate(&output)
                    if nodes[container].kind == .group {
                        layout.name(tree.nameBytes(of: index).span, &output)
                    }
                }
                switch nodes[index].kind {
                case .group, .array:
                    layout.open(nodes[index].kind == .group ? "{" : "[", &output)
                    container = index
                case .string: JSONText.appendQuoted(tree.textBytes(of: index).span, to: &output)
                case .number, .boolean: output.append(contentsOf: tree.textBytes(of: index))
                case .null: output.append(contentsOf: "null".utf8)
                }
                index += 1
            }
            while container >= node, index == nodes[container].end {
                layout.close(nodes[container].kind == .group ? "}" : "]", &output)
                container = Int(nodes[container].parent)
            }
        } while container >= node
    }
}

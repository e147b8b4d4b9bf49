package import GuaranteeModel

/// Writes wire trees as XML 1.0 in UTF-8.
package enum XMLWriter {
    package enum Style: Sendable {
        /// The whole message on one line, with nothing between its tags.
        case compact
        /// An element a line, two spaces a level, no line feed at the end. A group that holds character data of its own
        /// stays on one line: white space would become part of it.
        case pretty
    }

    /// Appends the element at `node`; nothing is appended when it throws.
    ///
    /// Children named `@name` become attributes and children named `#text` character data; names are written as they
    /// are. `&`, `<` and `>` are escaped, and line feeds, carriage returns and tabs become character references, so
    /// that a text is always on one line and is read back exactly. An element with nothing in it is `<Name/>`.
    ///
    /// - Parameters:
    ///   - tree: a tree with XML's syntax whose texts are UTF-8.
    ///   - declaration: whether `<?xml version="1.0" encoding="UTF-8"?>` stands first, on a line of its own when pretty.
    package static func write(
        _ tree: borrowing WireTree, node: Int = WireTree.root, style: Style = .compact, declaration: Bool = false,
        into output: inout [UInt8]
    ) throws(XMLWritingError) {
        let start = output.count
        if declaration {
            output.append(contentsOf: #"<?xml version="1.0" encoding="UTF-8"?>"#.utf8)
            if style == .pretty { output.append(0x0A) }
        }
        do throws(XMLWritingError) {
            try writeElement(tree, node, indent: style == .pretty ? 0 : nil, into: &output)
        } catch {
            output.removeSubrange(start...)
            throw error
        }
    }

    /// - Parameter indent: the element's level when its children go on lines of their own.
    private static func writeElement(
        _ tree: borrowing WireTree, _ node: Int, indent: Int?, into output: inout [UInt8]
    ) throws(XMLWritingError) {
        let name = tree.nameBytes(of: node)
        output.append(0x3C)
        output.append(contentsOf: name)
        var childElements = 0
        var texts = 0
        for child in tree.children(of: node) {
            switch tree.nameBytes(of: child).first {
            case 0x40:
                output.append(0x20)
                output.append(contentsOf: tree.nameBytes(of: child).dropFirst())
                output.append(contentsOf: [0x3D, 0x22])
                try XMLEscaping.append(tree.textBytes(of: child), of: child, isQuoted: true, to: &output)
                output.append(0x22)
            case 0x23: texts += 1
            default: childElements += 1
            }
        }
        let text = tree.textBytes(of: node)
        guard childElements + texts > 0 || !text.isEmpty else {
            output.append(contentsOf: [0x2F, 0x3E])
            return
        }
        output.append(0x3E)
        try XMLEscaping.append(text, of: node, isQuoted: false, to: &output)
        if childElements + texts > 0 {
            try writeContent(tree, node, indent: texts == 0 ? indent : nil, into: &output)
        }
        output.append(contentsOf: [0x3C, 0x2F])
        output.append(contentsOf: name)
        output.append(0x3E)
    }

    private static func writeContent(
        _ tree: borrowing WireTree, _ node: Int, indent: Int?, into output: inout [UInt8]
    ) throws(XMLWritingError) {
        for child in tree.children(of: node) {
            switch tree.nameBytes(of: child).first {
            case 0x40: continue
            case 0x23: try XMLEscaping.append(tree.textBytes(of: child), of: child, isQuoted: false, to: &output)
            default:
                if let indent { breakLine(indent + 1, in: &output) }
                try writeElement(tree, child, indent: indent.map { $0 + 1 }, into: &output)
            }
        }
        if let indent { breakLine(indent, in: &output) }
    }

    private static func breakLine(_ indent: Int, in output: inout [UInt8]) {
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x20, count: 2 * indent))
    }
}

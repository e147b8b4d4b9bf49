package import GuaranteeModel

/// Reads JSON texts into trees that keep every number's lexeme, every value's place and every member.
///
/// It holds options only and can be used by many tasks at once.
package struct JSONReader: Sendable {
    /// What becomes of a member whose name the same object had before. Names are compared decoded, byte by byte.
    package enum Duplicates: Sendable {
        /// The text is refused.
        case reject
        /// The last one counts; those before it stay in the tree, marked as superseded.
        case keepLast
    }

    /// How many objects and arrays may lie inside each other; a scalar alone has depth 0.
    package let maximumDepth: Int
    package let duplicates: Duplicates

    package init(maximumDepth: Int = 64, duplicates: Duplicates = .reject) {
        self.maximumDepth = maximumDepth
        self.duplicates = duplicates
    }

    /// Reads one JSON text (RFC 8259) in UTF-8. A byte order mark may stand in front, white space around it.
    package func read(_ bytes: Span<UInt8>) throws(JSONError) -> WireTree {
        var tree = WireTree(syntax: .json)
        try read(bytes, into: &tree)
        return tree
    }

    package func read(_ bytes: [UInt8]) throws(JSONError) -> WireTree {
        try read(bytes.span)
    }

    /// Reads one JSON text in place of what `tree` holds, in the memory that it has. On an error the tree is empty.
    package func read(_ bytes: Span<UInt8>, into tree: inout WireTree) throws(JSONError) {
        var memory = Memory()
        try read(bytes, into: &tree, using: &memory)
    }

    /// As `read(_:into:)`, also in the memory that earlier texts took.
    package func read(_ bytes: Span<UInt8>, into tree: inout WireTree, using memory: inout Memory) throws(JSONError) {
        // Swapped, not copied: two owners of one buffer would cost a copy.
        swap(&tree, &memory.parse.tree)
        defer { swap(&tree, &memory.parse.tree) }
        memory.parse.start(self)
        do throws(JSONError) {
            try memory.parse.readDocument(bytes)
        } catch {
            memory.parse.tree.removeAll()
            throw error
        }
    }

    /// What reading takes besides the tree: kept by who reads many texts.
    package struct Memory: Sendable {
        fileprivate var parse = JSONParse()

        package init() {}
    }
}

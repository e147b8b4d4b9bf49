/// One message as a wire format spells it: named nodes in document order, with their texts and places.
///
/// XML and JSON readers build it, schemas and mappings are matched against it, writers spell it again. It knows
/// nothing of what the message means. Names and texts lie in one buffer and nodes refer to it by range, so a tree
/// that is reused costs no allocation per leaf.
///
/// - XML: an element with child elements is a `group`, any other element a `string` whose text is its character data
///   with entities resolved and white space as it was. An attribute is a child named `@name`, character data between
///   child elements a child named `#text`; both are `string`s.
/// - JSON: objects are `group`s, arrays are `array`s whose items have empty names, and scalars keep their text: a
///   string decoded, a number with its lexeme.
package struct WireTree: Sendable {
    package enum Syntax: Sendable {
        case xml
        case json
    }

    package enum Kind: UInt8, Sendable {
        case group, array, string, number, boolean, null

        /// Whether nodes of this kind can hold other nodes in JSON.
        package var isContainer: Bool { self == .group || self == .array }
    }

    package struct Node: Sendable {
        package var kind: Kind
        /// Set on a member that a later one of the same name replaces (JSON read leniently).
        package var isSuperseded = false
        var nameStart: Int32
        var nameCount: Int32
        var textStart: Int32 = 0
        var textCount: Int32 = 0
        /// The node that holds this one; -1 for the root.
        package var parent: Int32
        /// The index behind the last node inside this one.
        package var end: Int32
        package var place: Place
    }

    package var syntax: Syntax
    package private(set) var nodes: [Node] = []
    private var bytes: [UInt8] = []
    private var open: Int32 = -1

    package init(syntax: Syntax) {
        self.syntax = syntax
    }

    package var isEmpty: Bool { nodes.isEmpty }

    /// The root's index, where there is a root.
    package static let root = 0

    /// Makes room for what an ordinary text of so many bytes holds.
    package mutating func reserveCapacity(forText count: Int) {
        nodes.reserveCapacity(count / 16 + 2)
        bytes.reserveCapacity(count)
    }

    package mutating func removeAll() {
        nodes.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        open = -1
    }
}

// MARK: - Building

extension WireTree {
    /// Begins a node inside the one that is open now, and returns its index.
    @discardableResult
    package mutating func begin(_ kind: Kind, name: Span<UInt8>, at place: Place = .none) -> Int {
        let start = Int32(bytes.count)
        name.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        nodes.append(
            Node(
                kind: kind, nameStart: start, nameCount: Int32(name.count), parent: open,
                end: Int32(nodes.count + 1), place: place))
        open = Int32(nodes.count - 1)
        return nodes.count - 1
    }

    @discardableResult
    package mutating func begin(_ kind: Kind, name: String, at place: Place = .none) -> Int {
        var name = name
        return name.withUTF8 { begin(kind, name: $0.span, at: place) }
    }

    /// Ends the node that is open now.
    package mutating func end() {
        nodes[Int(open)].end = Int32(nodes.count)
        open = nodes[Int(open)].parent
    }

    package mutating func setText(_ text: Span<UInt8>, of node: Int) {
        nodes[node].textStart = Int32(bytes.count)
        nodes[node].textCount = Int32(text.count)
        text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    /// Begins the text of the node that is open now; `appendText` goes on with it until anything else is added.
    package mutating func beginText() { nodes[Int(open)].textStart = Int32(bytes.count) }

    package mutating func appendText(_ text: Span<UInt8>) {
        text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        nodes[Int(open)].textCount += Int32(text.count)
    }

    /// Goes on with the text by what `write` puts into memory.
    ///
    /// - Parameter write: gets room for `capacity` bytes, and returns how many it has put there.
    package mutating func appendText(
        capacity: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) -> Int
    ) {
        bytes.append(addingCapacity: capacity) { span in
            span.withUnsafeMutableBufferPointer { memory, count in count = write(memory) }
        }
        nodes[Int(open)].textCount = Int32(bytes.count) - nodes[Int(open)].textStart
    }

    package mutating func appendText(_ scalar: Unicode.Scalar) {
        if scalar.isASCII { bytes.append(UInt8(scalar.value)) } else { bytes.append(contentsOf: scalar.utf8) }
        nodes[Int(open)].textCount = Int32(bytes.count) - nodes[Int(open)].textStart
    }

    package mutating func setText(_ text: String, of node: Int) {
        var text = text
        text.withUTF8 { setText($0.span, of: node) }
    }

    package mutating func setKind(_ kind: Kind, of node: Int) { nodes[node].kind = kind }
    package mutating func markSuperseded(_ node: Int) { nodes[node].isSuperseded = true }

    /// Adds a whole leaf inside the node that is open now, and returns its index.
    @discardableResult
    package mutating func leaf(_ kind: Kind, name: String, text: String, at place: Place = .none) -> Int {
        let node = begin(kind, name: name, at: place)
        setText(text, of: node)
        end()
        return node
    }
}

// MARK: - Reading

extension WireTree {
    package func name(of node: Int) -> String { string(nodes[node].nameStart, nodes[node].nameCount) }
    package func text(of node: Int) -> String { string(nodes[node].textStart, nodes[node].textCount) }

    package func nameBytes(of node: Int) -> ArraySlice<UInt8> {
        slice(nodes[node].nameStart, nodes[node].nameCount)
    }

    package func textBytes(of node: Int) -> ArraySlice<UInt8> {
        slice(nodes[node].textStart, nodes[node].textCount)
    }

    /// Whether a node has this name. Byte by byte: a slice, or an iterator, costs more than nearly all of these comparisons.
    package func hasName(_ name: UnsafeBufferPointer<UInt8>, _ node: Int) -> Bool {
        let start = Int(nodes[node].nameStart)
        guard Int(nodes[node].nameCount) == name.count else { return false }
        for index in 0..<name.count where bytes[start + index] != name[index] { return false }
        return true
    }

    package func hasName(_ name: [UInt8], _ node: Int) -> Bool { name.withUnsafeBufferPointer { hasName($0, node) } }

    /// Appends what `textBytes` is.
    package func appendText(of node: Int, to text: inout [UInt8]) {
        let start = Int(nodes[node].textStart)
        bytes.withUnsafeBufferPointer {
            text.append(contentsOf: UnsafeBufferPointer(rebasing: $0[start..<start + Int(nodes[node].textCount)]))
        }
    }

    /// The nodes directly inside a node, in document order.
    package func children(of node: Int) -> Children { Children(tree: self, node: node) }

    /// The first node directly inside `node` with this name that is not superseded.
    package func child(_ name: String, of node: Int) -> Int? {
        child(named: Array(name.utf8), of: node)
    }

    package func child(named name: [UInt8], of node: Int) -> Int? {
        var child = node + 1
        let end = Int(nodes[node].end)
        while child < end {
            if hasName(name, child), !nodes[child].isSuperseded { return child }
            child = Int(nodes[child].end)
        }
        return nil
    }

    /// Whether a node carries a text of its own: a scalar, an XML element without child elements, or a container with
    /// nothing in it.
    package func isLeaf(_ node: Int) -> Bool {
        switch nodes[node].kind {
        case .group, .array: nodes[node].end == Int32(node + 1)
        case .string, .number, .boolean, .null: true
        }
    }

    private func string(_ start: Int32, _ count: Int32) -> String {
        String(decoding: slice(start, count), as: UTF8.self)
    }

    private func slice(_ start: Int32, _ count: Int32) -> ArraySlice<UInt8> {
        bytes[Int(start)..<Int(start + count)]
    }

    package struct Children: Sequence, IteratorProtocol {
        private let nodes: [Node]
        private var cursor: Int32
        private let end: Int32

        init(tree: borrowing WireTree, node: Int) {
            nodes = tree.nodes
            cursor = Int32(node + 1)
            end = tree.nodes[node].end
        }

        package mutating func next() -> Int? {
            guard cursor < end else { return nil }
            defer { cursor = nodes[Int(cursor)].end }
            return Int(cursor)
        }
    }
}

// MARK: - Copying

extension WireTree {
    /// Adds a copy of another tree's node, and of all in it, inside the node that is open now.
    ///
    /// - Parameter substitute: a text that takes the place of a leaf's own, by node, and makes it a string; nil keeps it.
    package mutating func graft(
        _ other: WireTree, _ node: Int, named name: String? = nil,
        substituting substitute: (Int) -> String? = { _ in nil }
    ) {
        let copy: Int
        if let name {
            copy = begin(other.nodes[node].kind, name: name)
        } else {
            copy = begin(other.nodes[node].kind, name: other.nameBytes(of: node).span)
        }
        if let text = substitute(node) {
            setKind(.string, of: copy)
            setText(text, of: copy)
        } else if !other.nodes[node].kind.isContainer {
            setText(other.textBytes(of: node).span, of: copy)
        }
        for child in other.children(of: node) { graft(other, child, substituting: substitute) }
        end()
    }
}

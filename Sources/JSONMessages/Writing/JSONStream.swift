package import GuaranteeModel

/// Writes JSON of our own (reports, findings, rejects) member by member, in the order of the calls.
///
/// What is called where is up to the caller: members inside an object, items inside an array, one value per line
/// outside.
package struct JSONStream: Sendable {
    /// What has been written so far, in UTF-8.
    package private(set) var bytes: [UInt8] = []
    private var layout: JSONLayout

    package init(style: JSONWriter.Style = .compact) {
        layout = JSONLayout(style: style)
    }

    /// Ends an NDJSON line. All containers must be closed.
    package mutating func newline() {
        assert(layout.depth == 0, "a line ends inside a container")
        bytes.append(UInt8(ascii: "\n"))
        layout = JSONLayout(style: layout.style)
    }

    /// Begins anew in the same memory.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        layout = JSONLayout(style: layout.style)
    }

    private mutating func beginMember(_ name: String) {
        assert(layout.depth > 0, "a member stands outside of all objects")
        layout.separate(&bytes)
        layout.name(name.utf8.span, &bytes)
    }

    private mutating func beginItem() {
        guard layout.depth > 0 else { return }
        layout.separate(&bytes)
    }

    private mutating func container(
        _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ body: (inout JSONStream) -> Void
    ) {
        layout.open(opening, &bytes)
        body(&self)
        layout.close(closing, &bytes)
    }
}

// MARK: - Containers

extension JSONStream {
    /// An object as an array's item or on the outside.
    package mutating func object(_ body: (inout JSONStream) -> Void) {
        beginItem()
        container("{", "}", body)
    }

    package mutating func object(_ name: String, _ body: (inout JSONStream) -> Void) {
        beginMember(name)
        container("{", "}", body)
    }

    /// An array as an array's item or on the outside.
    package mutating func array(_ body: (inout JSONStream) -> Void) {
        beginItem()
        container("[", "]", body)
    }

    package mutating func array(_ name: String, _ body: (inout JSONStream) -> Void) {
        beginMember(name)
        container("[", "]", body)
    }
}

// MARK: - Members

extension JSONStream {
    package mutating func member(_ name: String, _ value: String) {
        beginMember(name)
        JSONText.appendQuoted(value, to: &bytes)
    }

    package mutating func member(_ name: String, _ value: Int) {
        beginMember(name)
        bytes.append(contentsOf: String(value).utf8)
    }

    package mutating func member(_ name: String, _ value: Bool) {
        beginMember(name)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    package mutating func memberIfPresent(_ name: String, _ value: String?) {
        guard let value else { return }
        member(name, value)
    }

    package mutating func null(_ name: String) {
        beginMember(name)
        bytes.append(contentsOf: "null".utf8)
    }

    /// A member whose value is JSON already: bytes that are one JSON value.
    package mutating func member(_ name: String, raw: some Collection<UInt8>) {
        beginMember(name)
        bytes.append(contentsOf: raw)
    }

    /// A member whose value is the one at a tree's `node`.
    package mutating func member(_ name: String, tree: borrowing WireTree, node: Int) {
        beginMember(name)
        JSONWriter.write(tree, node: node, style: layout.style, depth: layout.depth, into: &bytes)
    }
}

// MARK: - Items

extension JSONStream {
    package mutating func item(_ value: String) {
        beginItem()
        JSONText.appendQuoted(value, to: &bytes)
    }

    package mutating func item(_ value: Int) {
        beginItem()
        bytes.append(contentsOf: String(value).utf8)
    }

    /// An item that is JSON already: bytes that are one JSON value.
    package mutating func item(raw: some Collection<UInt8>) {
        beginItem()
        bytes.append(contentsOf: raw)
    }
}

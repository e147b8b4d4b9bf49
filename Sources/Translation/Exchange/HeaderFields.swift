/// The header fields of an HTTP message, in the order in which they stood. Names are compared without regard to case.
package struct HeaderFields: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    package struct Field: Sendable, Equatable {
        package var name: String
        package var value: String
    }

    package private(set) var fields: [Field] = []

    package init() {}

    package init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { append(name, value) }
    }

    package mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// All values of a name, joined by commas as HTTP has it; nil where there is none. Setting replaces them all.
    package subscript(name: String) -> String? {
        get {
            guard let first = fields.firstIndex(where: { Self.equal($0.name, name) }) else { return nil }
            var value = fields[first].value
            for field in fields[(first + 1)...] where Self.equal(field.name, name) { value += ", " + field.value }
            return value
        }
        set {
            fields.removeAll { Self.equal($0.name, name) }
            if let newValue { append(name, newValue) }
        }
    }

    /// Whether two names of headers are the same one.
    package static func equal(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        // Nearly always they are spelled alike.
        if left == right { return true }
        var rest = right.utf8.makeIterator()
        for byte in left.utf8 { if folded(byte) != rest.next().map({ folded($0) }) { return false } }
        return true
    }

    /// Whether the content type is one of these media types, whatever its parameters and its case.
    package func names(mediaType types: String...) -> Bool {
        guard let value = fields.first(where: { Self.equal($0.name, "Content-Type") })?.value else { return false }
        if types.contains(value) { return true }
        var type = value.utf8.prefix { $0 != UInt8(ascii: ";") }
        while let last = type.last, last == 0x20 || last == 0x09 { type.removeLast() }
        while let first = type.first, first == 0x20 || first == 0x09 { type.removeFirst() }
        return types.contains { $0.utf8.count == type.count && zip($0.utf8, type).allSatisfy { $0 == Self.folded($1) } }
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}

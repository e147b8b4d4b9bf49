import GuaranteeModel

/// One run of the reader over one text: where it is, which containers are open, and the tree so far.
///
/// It goes from value to value in a loop, so that no depth of nesting uses up the stack.
struct JSONParse {
    /// Where a string's decoded bytes lie.
    enum StringBody {
        /// In the text itself: there was nothing to decode.
        case plain(Range<Int>)
        /// By themselves: the text has escapes here.
        case decoded([UInt8])
    }

    private enum Container {
        case object, array

        var closingBracket: UInt8 {
            switch self {
            case .object: UInt8(ascii: "}")
            case .array: UInt8(ascii: "]")
            }
        }
    }

    private var reader = JSONReader()
    var tree = WireTree(syntax: .json)
    private var containers: [Container] = []
    /// Whether the innermost container has just been opened.
    private var isFresh = false
    /// The name of the member whose value is due; empty for items and the root.
    private var name = StringBody.plain(0..<0)
    private var names = MemberNames()
    var offset = 0
    private var line = 1
    private var lineStart = 0

    /// Begins anew in the memory that there is.
    mutating func start(_ reader: JSONReader) {
        self.reader = reader
        tree.removeAll()
        tree.syntax = .json
        containers.removeAll(keepingCapacity: true)
        isFresh = false
        name = .plain(0..<0)
        names.removeAll()
        offset = 0
        line = 1
        lineStart = 0
    }

    mutating func readDocument(_ bytes: Span<UInt8>) throws(JSONError) {
        guard bytes.count < Int(Int32.max) else {
            throw malformed("the text is longer than 2 GiB: split it")
        }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { offset = 3 }
        skipSpace(bytes)
        repeat { try readValue(bytes) } while try goToNextValue(bytes)
        guard offset == bytes.count else {
            throw unexpected(bytes, "something follows the value: keep one JSON value in the text")
        }
    }

    // MARK: - From value to value

    /// Reads a scalar, or opens a container.
    private mutating func readValue(_ bytes: Span<UInt8>) throws(JSONError) {
        guard offset < bytes.count else { throw brokenOff("a value was due") }
        switch bytes[offset] {
        case UInt8(ascii: "\""):
            begin(.string, bytes)
            try readText(bytes)
            tree.end()
        case UInt8(ascii: "{"):
            try open(.object, as: .group, bytes)
            names.enterObject()
        case UInt8(ascii: "["):
            try open(.array, as: .array, bytes)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let node = begin(.number, bytes)
            let lexeme = try readNumber(bytes)
            tree.setText(bytes.extracting(lexeme), of: node)
            tree.end()
        case UInt8(ascii: "t"): try readLiteral("true", .boolean, bytes)
        case UInt8(ascii: "f"): try readLiteral("false", .boolean, bytes)
        case UInt8(ascii: "n"): try readLiteral("null", .null, bytes)
        default: throw noValue(bytes)
        }
    }

    /// Closes what ends here and goes on to the next value; false when the root is complete.
    private mutating func goToNextValue(_ bytes: Span<UInt8>) throws(JSONError) -> Bool {
        while let container = containers.last {
            skipSpace(bytes)
            guard offset < bytes.count else { throw brokenOff("an object or array is still open") }
            let isFirst = isFresh
            isFresh = false
            let byte = bytes[offset]
            if byte == container.closingBracket {
                offset += 1
                if container == .object { names.leaveObject() }
                containers.removeLast()
                tree.end()
                continue
            }
            if !isFirst {
                guard byte == UInt8(ascii: ",") else {
                    let bracket = Unicode.Scalar(container.closingBracket)
                    throw unexpected(bytes, "a comma or \(bracket) was due: separate values with commas")
                }
                offset += 1
                skipSpace(bytes)
            }
            name = .plain(0..<0)
            if container == .object { try readName(bytes) }
            return true
        }
        skipSpace(bytes)
        return false
    }

    /// Reads a member's name and colon, up to its value.
    private mutating func readName(_ bytes: Span<UInt8>) throws(JSONError) {
        guard offset < bytes.count else { throw brokenOff("a member's name was due") }
        let start = offset
        guard bytes[offset] == UInt8(ascii: "\"") else { throw noName(bytes) }
        name = try readString(bytes)
        let node = tree.nodes.count
        let previous =
            switch name {
            case .plain(let range): names.insert(bytes.extracting(range), node: node)
            case .decoded(let decoded): names.insert(decoded.span, node: node)
            }
        if let previous {
            switch reader.duplicates {
            case .reject: throw duplicate(of: previous, at: start)
            case .keepLast: tree.markSuperseded(previous)
            }
        }
        skipSpace(bytes)
        guard offset < bytes.count else { throw brokenOff("a colon was due") }
        guard bytes[offset] == UInt8(ascii: ":") else {
            throw unexpected(bytes, "a colon was due: put one between a member's name and its value")
        }
        offset += 1
        skipSpace(bytes)
    }

    private mutating func open(
        _ container: Container, as kind: WireTree.Kind, _ bytes: Span<UInt8>
    ) throws(JSONError) {
        guard containers.count < reader.maximumDepth else {
            throw JSONError(
                code: .tooDeep, place: place(at: offset),
                message: "more than \(reader.maximumDepth) objects and arrays inside each other: "
                    + "flatten the text or raise the limit")
        }
        begin(kind, bytes)
        containers.append(container)
        isFresh = true
        offset += 1
    }

    @discardableResult
    private mutating func begin(_ kind: WireTree.Kind, _ bytes: Span<UInt8>) -> Int {
        switch name {
        case .plain(let range): tree.begin(kind, name: bytes.extracting(range), at: place(at: offset))
        case .decoded(let decoded): tree.begin(kind, name: decoded.span, at: place(at: offset))
        }
    }

    // MARK: - Scalars and white space

    private mutating func readLiteral(
        _ literal: String, _ kind: WireTree.Kind, _ bytes: Span<UInt8>
    ) throws(JSONError) {
        let node = begin(kind, bytes)
        let start = offset
        for byte in literal.utf8 {
            guard offset < bytes.count else { throw brokenOff("\(literal) was begun") }
            guard bytes[offset] == byte else {
                throw unexpected(bytes, "\(literal) was begun and not ended: spell it so, or put the text in quotes")
            }
            offset += 1
        }
        tree.setText(bytes.extracting(start..<offset), of: node)
        tree.end()
    }

    private mutating func skipSpace(_ bytes: Span<UInt8>) {
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): offset += 1
            case UInt8(ascii: "\n"):
                offset += 1
                line += 1
                lineStart = offset
            default: return
            }
        }
    }

    /// The place of an offset on the line that is being read.
    func place(at offset: Int) -> Place {
        Place(line: line, column: offset - lineStart + 1, offset: offset)
    }
}

import Translation

/// Takes a line of NDJSON apart: a record with its message, or the message itself.
struct JSONLineParser {
    struct Line {
        var id: [UInt8]?
        var grn: String?
        /// The message, or why there is none.
        var payload: Result<Payload, TranslationError>
        /// Whether the message is a member of the line, or ought to be.
        var isRecord: Bool
    }

    private let idField: [UInt8]
    private let grnField: [UInt8]?
    /// The member that holds the message, where it was named.
    private let payloadField: [UInt8]?
    /// Those that may hold it, where it was not.
    private let payloadFields: [[UInt8]]
    /// One level deeper than a message may be; how strict to be with its members is not for here to say.
    private let reader = JSONReader(maximumDepth: 65, duplicates: .keepLast)
    private var memory = JSONReader.Memory()
    private var tree = WireTree(syntax: .json)

    init(options: InputOptions) {
        idField = Array(options.idField.utf8)
        grnField = options.grnField.map { Array($0.utf8) }
        payloadField = options.payloadField.map { Array($0.utf8) }
        payloadFields = options.payloadFields.map { Array($0.utf8) }
    }

    mutating func parse(_ line: [UInt8]) -> Line {
        do {
            try reader.read(line.span, into: &tree, using: &memory)
        } catch {
            return Line(payload: .failure(TranslationError(error)), isRecord: false)
        }
        let message = Payload(line, isDecodedText: true)
        var result = Line(id: id(line), grn: grn, payload: .success(message), isRecord: false)
        guard let member = payloadMember else { return result }
        result.isRecord = true
        if let again = duplicate(of: member) {
            result.payload = .failure(
                TranslationError(
                    .malformedJSON, at: tree.nodes[again].place, path: tree.path(of: again),
                    "the record has this member twice: keep one of the two"))
            return result
        }
        switch tree.nodes[member].kind {
        case .string: result.payload = .success(Payload(Array(tree.textBytes(of: member)), isDecodedText: true))
        case .group, .array: result.payload = .success(Payload(raw(member, line), isDecodedText: true))
        case .number, .boolean, .null:
            result.payload = .failure(
                TranslationError(
                    .unknownMessage, at: tree.nodes[member].place, path: tree.path(of: member),
                    "a record's message is a string, an object or an array"))
        }
        return result
    }

    // MARK: - Members

    private var payloadMember: Int? {
        guard tree.nodes.first?.kind == .group else { return nil }
        if let payloadField { return tree.child(named: payloadField, of: WireTree.root) }
        for number in payloadFields.indices {
            guard let member = tree.child(named: payloadFields[number], of: WireTree.root) else { continue }
            if number == 0 || isMessage(member) { return member }
        }
        return nil
    }

    /// Tells a message from the text of an error, which answers have under the same name.
    private func isMessage(_ member: Int) -> Bool {
        switch tree.nodes[member].kind {
        case .group, .array: true
        case .string:
            MessageStart.isThere(in: PayloadDecoding.decode(Payload(Array(tree.textBytes(of: member)))).bytes[...])
        case .number, .boolean, .null: false
        }
    }

    /// Where a member stands again.
    private func duplicate(of member: Int) -> Int? {
        guard tree.children(of: WireTree.root).contains(where: { tree.nodes[$0].isSuperseded }) else { return nil }
        let name = Array(tree.nameBytes(of: member))
        var found = false
        for child in tree.children(of: WireTree.root) where tree.hasName(name, child) {
            if found { return child }
            found = true
        }
        return nil
    }

    private func id(_ line: [UInt8]) -> [UInt8]? {
        guard tree.nodes.first?.kind == .group, let member = tree.child(named: idField, of: WireTree.root) else {
            return nil
        }
        switch tree.nodes[member].kind {
        case .string, .number: return raw(member, line)
        case .group, .array, .boolean, .null: return nil
        }
    }

    private var grn: String? {
        guard let grnField, tree.nodes.first?.kind == .group,
            let member = tree.child(named: grnField, of: WireTree.root), tree.nodes[member].kind == .string
        else { return nil }
        return tree.text(of: member)
    }

    /// A value as the line spells it.
    private func raw(_ node: Int, _ line: [UInt8]) -> [UInt8] {
        let rest = line[Int(tree.nodes[node].place.offset)...]
        switch tree.nodes[node].kind {
        case .string: return Array(rest[..<(JSONOutline.endOfString(rest) ?? rest.endIndex)])
        case .group, .array: return Array(rest[..<(JSONOutline.endOfContainer(rest) ?? rest.endIndex)])
        case .number, .boolean, .null: return Array(tree.textBytes(of: node))
        }
    }
}

extension TranslationError {
    /// Why a line is no JSON.
    fileprivate init(_ error: JSONError) {
        let code: Code =
            switch error.code {
            case .malformed, .duplicateMember: .malformedJSON
            case .encoding: .encoding
            case .tooDeep: .tooLarge
            }
        self.init(code, at: error.place, error.message)
    }
}

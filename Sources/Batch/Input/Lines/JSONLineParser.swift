import Translation

/// Takes a line of NDJSON apart: a record with its message, or the message itself.
struct JSONLineParser: Sendable {
    struct Line {
        var id: [UInt8]?
        var grn: String?
        /// The message, or why there is none.
        var payload: Result<Payload, TranslationError>
        /// Whether the message is a member of the line, or ought to be.
        var isRecord: Bool
    }

    private let options: InputOptions
    /// One level deeper than a message may be; how strict to be with its members is not for here to say.
    private let reader = JSONReader(maximumDepth: 65, duplicates: .keepLast)
    private var tree = WireTree(syntax: .json)

    init(options: InputOptions) {
        self.options = options
    }

    mutating func parse(_ line: [UInt8]) -> Line {
        do {
            try reader.read(line.span, into: &tree)
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
        if let name = options.payloadField { return tree.child(name, of: WireTree.root) }
        let names = options.payloadFields
        for name in names {
            guard let member = tree.child(name, of: WireTree.root) else { continue }
            if name == names.first || isMessage(member) { return member }
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

    private func duplicate(of member: Int) -> Int? {
        let name = tree.nameBytes(of: member)
        let members = tree.children(of: WireTree.root).filter { tree.nameBytes(of: $0) == name }
        return members.dropFirst().first
    }

    private func id(_ line: [UInt8]) -> [UInt8]? {
        guard tree.nodes.first?.kind == .group, let member = tree.child(options.idField, of: WireTree.root) else {
            return nil
        }
        switch tree.nodes[member].kind {
        case .string, .number: return raw(member, line)
        case .group, .array, .boolean, .null: return nil
        }
    }

    private var grn: String? {
        guard let name = options.grnField, tree.nodes.first?.kind == .group,
            let member = tree.child(name, of: WireTree.root), tree.nodes[member].kind == .string
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

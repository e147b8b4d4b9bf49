import GuaranteeModel

extension MappingFile {
    /// Reads a file of `rules/`.
    init(parsing bytes: [UInt8], file: String) throws(MappingError) {
        let root = try YAMLNode(parsing: bytes, file: file)
        let members = try root.members([
            "message", "format", "revision", "title", "schema", "roots", "says", "condition", "written", "lists",
            "pairing", "recognise", "accepts", "rules",
        ])
        func required(_ key: String) throws(MappingError) -> YAMLNode {
            guard let node = members[key] else { throw root.problem("\"\(key)\" is missing") }
            return node
        }
        self.file = file
        message = try required("message").text()
        format = try required("format").value { MessageFormat(rawValue: $0) }
        revision = try required("revision").value { Int($0) }
        title = try required("title").text()
        schema = try required("schema").text()
        meaning = try required("says").value {
            $0 == "condition" ? .condition : BalanceMessage.Kind(rawValue: $0).map(Meaning.kind)
        }
        condition = try members.text("condition").map(Condition.init)
        use = try members["written"].map(Self.use) ?? .always
        roots = try members["roots"]?.texts() ?? ["body"]
        lists = [:]
        for (group, list) in try members["lists"]?.entries() ?? [] {
            lists[group] = try list.value { HubList(rawValue: $0) }
        }
        let pairingMembers = try members["pairing"]?.members(["query", "answers", "reference"]) ?? [:]
        pairing = Pairing(
            query: try pairingMembers.text("query"), answers: try pairingMembers.text("answers"),
            reference: try pairingMembers.text("reference"))
        recognitions = try members["recognise"].mapItems(Self.recognition)
        acceptances = try members["accepts"].mapItems(Self.acceptance)
        rules = []
        for (leaf, node) in try required("rules").entries() {
            rules.append((leaf, try Rule(parsing: node), node.line))
        }
    }

    private static func use(_ node: YAMLNode) throws(MappingError) -> Use {
        if node.isScalar {
            return try node.value { $0 == "named" ? .named : $0 == "never" ? .never : nil }
        }
        return .forms(try node.members(["form"])["form"]?.texts() ?? [])
    }

    private static func recognition(_ node: YAMLNode) throws(MappingError) -> Recognition {
        let members = try node.members(["has", "hasNot", "match", "empty", "spelling"])
        var recognition = Recognition()
        recognition.has = try members["has"]?.texts().map(FieldPath.init) ?? []
        recognition.hasNot = try members["hasNot"]?.texts().map(FieldPath.init) ?? []
        for (leaf, pattern) in try members["match"]?.entries() ?? [] {
            recognition.match.append((FieldPath(leaf), Wildcard(try pattern.text())))
        }
        recognition.empty = try members.text("empty").map(FieldPath.init)
        for (part, leaf) in try members["spelling"]?.members(["status", "code", "message"]) ?? [:] {
            recognition.spelling[part] = FieldPath(try leaf.text())
        }
        return recognition
    }

    private static func acceptance(_ node: YAMLNode) throws(MappingError) -> Acceptance {
        let members = try node.members(["hub", "pattern", "why"])
        guard let hub = members["hub"], let pattern = members["pattern"], let why = members["why"] else {
            throw node.problem("\"hub\", \"pattern\" and \"why\" are all needed")
        }
        return Acceptance(
            field: try hub.value { HubField(rawValue: $0) }, pattern: try pattern.pattern(), why: try why.text())
    }
}

extension YAMLNode {
    /// The text as a value of some type; an error where it is none.
    package func value<Value>(_ make: (String) -> Value?) throws(MappingError) -> Value {
        let text = try text()
        guard let value = make(text) else { throw problem("\"\(text)\" is no value that is known here") }
        return value
    }

    func texts() throws(MappingError) -> [String] {
        var texts: [String] = []
        for item in try items() { texts.append(try item.text()) }
        return texts
    }

    func pattern() throws(MappingError) -> Pattern {
        do { return try Pattern(try text()) } catch let error as SchemaError { throw problem(error.message) } catch {
            throw problem("a pattern is expected here")
        }
    }
}

extension YAMLNode? {
    package func mapItems<Value>(_ make: (YAMLNode) throws(MappingError) -> Value) throws(MappingError) -> [Value] {
        var values: [Value] = []
        for item in try self?.items() ?? [] { values.append(try make(item)) }
        return values
    }
}

import GuaranteeModel

extension Rule {
    /// Reads one rule: `drop`, or a mapping of operators to what they work on.
    init(parsing node: YAMLNode) throws(MappingError) {
        if node.isScalar {
            guard try node.text() == "drop" else { throw node.problem("a rule is \"drop\" or a mapping") }
            return
        }
        let members = try node.members([
            "move", "amount", "integer", "digits", "date", "time", "timestamp", "template", "of", "alias", "spelling",
            "constant", "context", "generate", "default", "drop", "secret", "identifier", "required", "absent",
            "otherwise", "why",
        ])
        binding = try Self.binding(members, at: node)
        sources = try Self.sources(members)
        secret = try members["secret"].flatMap(Self.secret)
        identifier = try members["identifier"].flatMap(Self.secret) ?? (binding?.field == .tin ? Secret() : nil)
        isRequired = try members.flag("required")
        let why = try members.text("why")
        for (key, path) in [("absent", \Rule.absence), ("otherwise", \Rule.otherwise)] {
            guard let value = members[key] else { continue }
            guard try value.text() == "no-counterpart", let why else {
                throw value.problem("\"\(key)\" takes \"no-counterpart\", with a \"why\"")
            }
            self[keyPath: path] = why
        }
        guard binding != nil || !sources.isEmpty || members["drop"] != nil else {
            throw node.problem("the rule has no operator")
        }
        description = try Self.description(members)
    }

    private static func secret(_ node: YAMLNode) throws(MappingError) -> Secret? {
        if node.isScalar {
            return try node.value { $0 == "true" ? Secret() : nil }
        }
        let members = try node.members(["beside", "says"])
        guard let name = try members.text("beside"), let text = try members.text("says") else {
            throw node.problem("\"secret\" and \"identifier\" are true, or \"beside\" a leaf that \"says\" so")
        }
        return Secret(witness: (name, Wildcard(text)))
    }

    private static func binding(_ members: [String: YAMLNode], at node: YAMLNode) throws(MappingError) -> Binding? {
        func field(_ key: String) throws(MappingError) -> HubField? {
            try members[key].map { (node) throws(MappingError) in try node.value { HubField(rawValue: $0) } }
        }
        var bindings: [Binding] = []
        if let field = try field("move") { bindings.append(.move(field)) }
        if let field = try field("amount") { bindings.append(.amount(field)) }
        if let field = try field("integer") {
            let digits = try members["digits"].map { (node) throws(MappingError) in try node.value { Int($0) } }
            bindings.append(.integer(field, digits: digits ?? 1))
        }
        if let field = try field("date") { bindings.append(.date(field)) }
        if let field = try field("time") { bindings.append(.time(field)) }
        if let field = try field("timestamp") { bindings.append(.timestamp(field)) }
        if let field = try field("alias") { bindings.append(.alias(field)) }
        if let part = members["spelling"] {
            bindings.append(.spelling(try part.value { HubField(rawValue: "error.\($0)") }))
        }
        if let template = try members.text("template") {
            let parts = template.split(separator: "{}", omittingEmptySubsequences: false)
            guard parts.count == 2, let field = try field("of") else {
                throw node.problem("\"template\" needs one {} and \"of\"")
            }
            bindings.append(.template(prefix: String(parts[0]), suffix: String(parts[1]), field))
        }
        guard bindings.count <= 1 else { throw node.problem("the rule has two operators that move a value") }
        return bindings.first
    }

    private static func sources(_ members: [String: YAMLNode]) throws(MappingError) -> [Source] {
        var sources: [Source] = []
        if let key = try members.text("context") { sources.append(.context(key)) }
        if let name = members["generate"] {
            sources.append(.generator(try name.value { Generator(rawValue: $0) }))
        }
        for key in ["constant", "default"] {
            if let text = try members.text(key) { sources.append(.constant(text)) }
        }
        return sources
    }

    private static func description(_ members: [String: YAMLNode]) throws(MappingError) -> String {
        let operators = [
            "move", "amount", "integer", "date", "time", "timestamp", "template", "of", "alias", "spelling", "constant",
            "context", "generate", "default",
        ]
        var words: [String] = []
        for key in operators {
            if let text = try members.text(key) { words.append("\(key) \(text)") }
        }
        return words.isEmpty ? "drop" : words.joined(separator: ", ")
    }
}

extension [String: YAMLNode] {
    package func flag(_ key: String) throws(MappingError) -> Bool {
        guard let node = self[key] else { return false }
        return try node.value { $0 == "true" ? true : $0 == "false" ? false : nil }
    }
}

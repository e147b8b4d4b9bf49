import GuaranteeModel

extension ConditionTable {
    init(parsing bytes: [UInt8]) throws(MappingError) {
        let root = try YAMLNode(parsing: bytes, file: Self.file)
        let members = try root.members(["revision", "conditions", "kinds"])
        guard let revision = members["revision"], let conditions = members["conditions"] else {
            throw root.problem("\"revision\" and \"conditions\" are needed")
        }
        self.init(
            revision: try revision.value { Int($0) },
            rows: try Optional(conditions).mapItems(Self.row),
            missingKinds: try members["kinds"].mapItems(Self.missingKind))
    }

    private static func row(_ node: YAMLNode) throws(MappingError) -> Row {
        let formats = MessageFormat.allCases.map(\.rawValue)
        let lists = HubList.allCases.map(\.rawValue)
        let members = try node.members(Set(["condition", "kind", "why", "source"] + formats + lists))
        guard let name = members["condition"], let kind = members["kind"], let why = members["why"],
            let source = members["source"]
        else { throw node.problem("\"condition\", \"kind\", \"why\" and \"source\" are all needed") }
        var row = Row(
            condition: Condition(try name.text()), kind: try kind.value { BalanceMessage.Kind(rawValue: $0) },
            why: try why.text(), source: try source.text(), lists: [:], expressions: [:], line: node.line)
        for format in MessageFormat.allCases {
            guard let expression = members[format.rawValue] else {
                throw node.problem("\"\(format.rawValue)\" is missing: how the format says it, or \"none\" and why")
            }
            row.expressions[format] = try Self.expression(expression)
        }
        for list in HubList.allCases {
            if let pattern = members[list.rawValue] { row.lists[list] = try listPattern(pattern, list) }
        }
        return row
    }

    private static func expression(_ node: YAMLNode) throws(MappingError) -> Expression {
        let members = try node.members(["as", "spellings", "outcome", "none"])
        var expression = Expression()
        expression.message = try members.text("as")
        expression.none = try members.text("none")
        if let outcome = members["outcome"] { expression.outcome = try outcome.value { WrittenOutcome(rawValue: $0) } }
        expression.spellings = try members["spellings"].mapItems(spelling)
        return expression
    }

    private static func spelling(_ node: YAMLNode) throws(MappingError) -> Spelling {
        let members = try node.members(["status", "code", "message", "secret", "writeOnly", "by"])
        guard let code = try members.text("code") else { throw node.problem("\"code\" is missing") }
        return Spelling(
            status: try members.text("status"), code: code, message: try members.text("message").map(Wildcard.init),
            isSecret: try members.flag("secret"), isWriteOnly: try members.flag("writeOnly"),
            source: try members["by"]?.value { SpellingSource(rawValue: $0) } ?? .service)
    }

    private static func listPattern(_ node: YAMLNode, _ list: HubList) throws(MappingError) -> ListPattern {
        let members = try node.members(["any", "all", "write"])
        let fields = Dictionary(uniqueKeysWithValues: list.fields.map { ($0.shortName, $0) })
        func item(_ node: YAMLNode) throws(MappingError) -> [HubField: String] {
            var item: [HubField: String] = [:]
            for (key, value) in try node.members(Set(fields.keys)) {
                if let field = fields[key] { item[field] = try value.text() }
            }
            return item
        }
        return ListPattern(
            any: try members["any"].mapItems(item).map { $0.mapValues(Wildcard.init) },
            all: try members["all"].mapItems(item).map { $0.mapValues(Wildcard.init) },
            write: try members["write"].mapItems(item))
    }

    private static func missingKind(_ node: YAMLNode) throws(MappingError) -> MissingKind {
        let members = try node.members(["kind", "format", "none"])
        guard let kind = members["kind"], let format = members["format"], let why = members["none"] else {
            throw node.problem("\"kind\", \"format\" and \"none\" are all needed")
        }
        return MissingKind(
            kind: try kind.value { BalanceMessage.Kind(rawValue: $0) },
            format: try format.value { MessageFormat(rawValue: $0) }, why: try why.text())
    }
}

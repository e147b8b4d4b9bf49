package import GuaranteeModel
package import Translation

/// The differences that are right as they are, and the answers that say nothing of a guarantee: `tables/differences.yaml`
/// (design sections 3 and 6).
package struct DifferenceTable: Sendable {
    /// What one side must say.
    struct Side: Sendable {
        var kinds: Set<BalanceMessage.Kind> = []
        var conditions: Set<Condition> = []
        /// A field that the first guarantee must lack.
        var lacks: HubField?

        func fits(_ message: BalanceMessage) -> Bool {
            if !kinds.isEmpty, !kinds.contains(message.kind) { return false }
            if !conditions.isEmpty, !(message.condition.map(conditions.contains) ?? false) { return false }
            return lacks.map { message[$0, 0] == nil } ?? true
        }
    }

    /// A rule that explains a difference.
    package struct Rule: Sendable {
        package var name: String
        package var why: String
        /// The sections of the contract that it rests on.
        package var source: String
        /// What differs by it; all else is still a difference.
        package var explains: Set<Difference.Aspect>
        var v1: Side
        var v2: Side
    }

    package let revision: Int
    package let rules: [Rule]
    private let inconclusive: [Condition: String]

    package static let file = "tables/differences.yaml"

    /// - Parameter mappings: whose table of conditions the rules name.
    package init(_ files: MappingFiles, mappings: MappingSet) throws {
        let root = try YAMLNode(parsing: try files.bytes(of: Self.file), file: Self.file)
        let members = try root.members(["revision", "differences", "inconclusive"])
        guard let revision = members["revision"] else { throw root.problem("\"revision\" is needed") }
        self.revision = try revision.value { Int($0) }
        rules = try members["differences"].mapItems { (node) throws(MappingError) in try Self.rule(node, mappings) }
        let rows = try members["inconclusive"].mapItems { (node) throws(MappingError) in
            let members = try node.members(["condition", "why"])
            guard let condition = members["condition"], let why = try members.text("why") else {
                throw node.problem("\"condition\" and \"why\" are both needed")
            }
            return (try Self.condition(condition, mappings), why)
        }
        inconclusive = Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    private static func rule(_ node: YAMLNode, _ mappings: MappingSet) throws(MappingError) -> Rule {
        let members = try node.members(["difference", "why", "source", "explains", "v1", "v2"])
        guard let name = try members.text("difference"), let why = try members.text("why"),
            let source = try members.text("source"), let v1 = members["v1"], let v2 = members["v2"],
            let explains = members["explains"]
        else {
            throw node.problem("\"difference\", \"why\", \"source\", \"explains\", \"v1\" and \"v2\" are all needed")
        }
        let aspects = try Optional(explains).mapItems { (node) throws(MappingError) in
            try node.value { Difference.Aspect(rawValue: $0) }
        }
        return Rule(
            name: name, why: why, source: source, explains: Set(aspects), v1: try side(v1, mappings),
            v2: try side(v2, mappings))
    }

    private static func side(_ node: YAMLNode, _ mappings: MappingSet) throws(MappingError) -> Side {
        let members = try node.members(["kinds", "conditions", "lacks"])
        guard !members.isEmpty else { throw node.problem("a side that anything fits explains everything") }
        var side = Side()
        side.kinds = Set(
            try members["kinds"].mapItems { (node) throws(MappingError) in
                try node.value { BalanceMessage.Kind(rawValue: $0) }
            })
        side.conditions = Set(
            try members["conditions"].mapItems { (node) throws(MappingError) in try condition(node, mappings) })
        side.lacks = try members["lacks"]?.value { HubField(rawValue: $0) }
        return side
    }

    private static func condition(_ node: YAMLNode, _ mappings: MappingSet) throws(MappingError) -> Condition {
        let name = try node.text()
        guard mappings.has(condition: name) else { throw node.problem("there is no condition \"\(name)\"") }
        return Condition(name)
    }

    /// The rule that explains why v1.0 and v2.0 differ; nil where none does.
    package func rule(v1: BalanceMessage, v2: BalanceMessage) -> Rule? {
        rules.first { $0.v1.fits(v1) && $0.v2.fits(v2) }
    }

    /// Why a message says nothing about the guarantee; nil where it does.
    package func inconclusive(_ message: BalanceMessage) -> String? {
        if let why = message.condition.flatMap({ inconclusive[$0] }) { return why }
        switch message.kind {
        case .answer, .refusal: return nil
        case .serviceError: return "an error in place of an answer" + (message.condition.map { ": \($0.name)" } ?? "")
        case .pending: return "the answer was still pending"
        case .query, .stateQuery: return "a question is no answer"
        }
    }
}

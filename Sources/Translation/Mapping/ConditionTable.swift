import GuaranteeModel

/// Who spells a condition, where HMRC's running service and its published specification differ (the quirks of contract
/// sections 3 and 4).
package enum SpellingSource: String, Sendable, CaseIterable {
    case service
    case specification
}

/// The table of error correspondence: what refusals and errors mean, and how each format says it (design section 3).
struct ConditionTable: Sendable {
    /// One way to say a condition with a status, a code and a message.
    struct Spelling: Sendable {
        var status: String?
        var code: String
        /// nil: any message.
        var message: Wildcard?
        /// Whether what `*` stands for in the message is a secret.
        var isSecret = false
        /// Whether it is written only: another condition reads it.
        var isWriteOnly = false
        /// Who spells it so, where the service and its specification differ.
        var source = SpellingSource.service
    }

    /// How one format says a condition.
    struct Expression: Sendable {
        /// The message that says it, where its kind does not tell.
        var message: String?
        var spellings: [Spelling] = []
        /// What becomes of leaves that are written from the condition.
        var outcome: WrittenOutcome = .normalised
        /// Why the format can't say it; nil where it can.
        var none: String?
    }

    /// How the items of a list say a condition.
    struct ListPattern: Sendable {
        typealias Item = [HubField: Wildcard]
        var any: [Item] = []
        var all: [Item] = []
        /// What is written where a list is wanted and none was read.
        var write: [[HubField: String]] = []
    }

    struct Row: Sendable {
        var condition: Condition
        var kind: BalanceMessage.Kind
        var why: String
        var source: String
        var lists: [HubList: ListPattern]
        var expressions: [MessageFormat: Expression]
        var line: Int?
    }

    /// A kind of message that a format has no message for.
    struct MissingKind: Sendable {
        var kind: BalanceMessage.Kind
        var format: MessageFormat
        var why: String
    }

    static let file = "tables/conditions.yaml"

    var revision: Int
    var rows: [Row]
    var missingKinds: [MissingKind]
    private var positions: [Condition: Int]

    init(revision: Int, rows: [Row], missingKinds: [MissingKind]) {
        self.revision = revision
        self.rows = rows
        self.missingKinds = missingKinds
        positions = Dictionary(rows.enumerated().map { ($1.condition, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func row(of condition: Condition) -> Row? { positions[condition].map { rows[$0] } }

    /// The first row that the words of an error match; with a message that no row knows, the first row with its code.
    func row(saying code: String, _ message: String?, status: String?, in format: MessageFormat) -> Row? {
        func first(_ fits: (Spelling) -> Bool) -> Row? {
            rows.first { row in
                row.expressions[format]?.spellings.contains { spelling in
                    !spelling.isWriteOnly && spelling.code == code
                        && (status == nil || spelling.status == nil || status == spelling.status) && fits(spelling)
                } == true
            }
        }
        return first { spelling in message.map { spelling.message?.matches($0) ?? false } ?? false }
            ?? first { $0.message == nil || message == nil }
    }

    /// The first row that the lists of a message match.
    func row(matching hub: BalanceMessage) -> Row? {
        rows.first { row in
            row.lists.contains { list, pattern in pattern.matches(hub, list) }
        }
    }

    /// The text with the secret masked, where a spelling of a condition repeats one.
    func masked(_ text: String) -> String? {
        for row in rows {
            for expression in row.expressions.values {
                for spelling in expression.spellings where spelling.isSecret {
                    if let message = spelling.message, message.matches(text) {
                        return message.replacing(with: AccessCode.mask)
                    }
                }
            }
        }
        return nil
    }

    /// The wordings that repeat a secret.
    var secretWordings: [Wildcard] {
        rows.flatMap { $0.expressions.values.flatMap(\.spellings) }.filter(\.isSecret).compactMap(\.message)
    }
}

extension ConditionTable.ListPattern {
    func matches(_ hub: BalanceMessage, _ list: HubList) -> Bool {
        let count = hub.count(of: list)
        guard count > 0 else { return false }
        func holds(_ item: Item, _ index: Int) -> Bool {
            item.allSatisfy { field, pattern in hub[field, index].map(pattern.matches) ?? false }
        }
        if !all.isEmpty {
            return (0..<count).allSatisfy { index in all.contains { holds($0, index) } }
        }
        return (0..<count).contains { index in any.contains { holds($0, index) } }
    }
}

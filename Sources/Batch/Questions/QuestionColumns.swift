import Translation

/// What a list of questions can tell of each.
enum QuestionColumn: CaseIterable {
    case grn, tin, accessCode
    /// The name of the environment variable that holds the access code.
    case accessCodeVariable
    case user, label, guaranteeType
}

/// The names of the columns. Three are called what v1.0's question calls its members, which the mappings know: so a stored
/// question is a row already.
struct QuestionColumns: Sendable {
    private let names: [(column: QuestionColumn, name: String)]

    /// Nil where the mappings have no such question.
    init?(_ codec: ExchangeCodec) {
        var question = BalanceMessage(kind: .query)
        question.tin = "tin"
        var guarantee = Guarantee(grn: GRN("grn"))
        guarantee.accessCode = AccessCode("code")
        question.guarantees = [guarantee]
        guard let request = try? codec.request(saying: question, in: .v1JSON),
            let body = try? JSONReader().read(request.body)
        else { return nil }
        func name(_ value: String) -> String? {
            body.children(of: WireTree.root).first { body.text(of: $0) == value }.map { body.name(of: $0) }
        }
        guard let grn = name("grn"), let tin = name("tin"), let accessCode = name("code") else { return nil }
        names = [
            (.grn, grn), (.tin, tin), (.accessCode, accessCode), (.accessCodeVariable, accessCode + "Env"),
            (.user, "user"), (.label, "label"), (.guaranteeType, "guaranteeType"),
        ]
    }

    func name(_ column: QuestionColumn) -> String { names.first { $0.column == column }?.name ?? "" }

    /// The column of a name, by its bytes; nil where there is none.
    func column(named name: some Collection<UInt8>) -> QuestionColumn? {
        names.first { $0.name.utf8.elementsEqual(name) }?.column
    }

    /// All names, for people.
    var list: String { names.map(\.name).joined(separator: ", ") }
}

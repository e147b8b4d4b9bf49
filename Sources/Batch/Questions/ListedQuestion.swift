package import Translation

/// A question that is to be put to one version or both, as a list of questions tells it.
package struct ListedQuestion: Sendable, Equatable {
    /// How a person finds it again: `queries.csv:3`.
    package var source: String
    package var grn: GRN
    /// v1.0 can't be asked without.
    package var tin: String?
    /// Neither version can be asked without; where answers were recorded, it is not needed.
    package var accessCode: AccessCode?
    /// Whose token asks.
    package var user: String?
    /// What its owner calls it.
    package var label: String?
    /// 0, 1, 2, 4 or 9 (contract section 2).
    package var guaranteeType: String?

    package init(
        source: String, grn: GRN, tin: String? = nil, accessCode: AccessCode? = nil, user: String? = nil,
        label: String? = nil, guaranteeType: String? = nil
    ) {
        self.source = source
        self.grn = grn
        self.tin = tin
        self.accessCode = accessCode
        self.user = user
        self.label = label
        self.guaranteeType = guaranteeType
    }
}

/// What is wrong with a list of questions, or worth a look. It names places and columns, and never quotes a value: it may
/// be an access code.
package struct QuestionProblem: Sendable, Equatable, CustomStringConvertible {
    /// The file, with the line or the entry: `queries.csv:3`.
    package var source: String
    /// What was wrong and what to do.
    package var message: String

    package init(source: String, message: String) {
        self.source = source
        self.message = message
    }

    package var description: String { "\(source): \(message)" }
}

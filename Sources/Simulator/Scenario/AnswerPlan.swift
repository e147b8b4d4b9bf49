package import Translation

/// An answer that a scenario plants in place of the ordinary one, or what is to happen to it on its way.
package struct AnswerPlan: Sendable {
    /// For how many calls it is; nil: for all that follow.
    package var calls: Int?
    /// Another amount than the guarantee's own.
    package var balance: Amount?
    package var currency: Currency?
    /// v1.0's functional errors.
    package var errors: [FunctionalError] = []
    /// What the answer means: a row of the table of conditions.
    package var condition: String?
    /// The answer as it stands here, and nothing else.
    package var verbatim: Verbatim?
    /// v1.0: how long NCTS takes.
    package var after = Wait.seconds(.zero)
    /// v1.0: the backend never answers.
    package var backendHangs = false
    /// v1.0: an XML rejection.
    package var isRejected = false
    /// How long nothing is sent, on top of all else.
    package var delay = Duration.zero
    /// The connection is closed without an answer.
    package var drops = false
    /// The connection is closed after so many bytes of the body.
    package var truncatesAt: Int?

    package init() {}

    package enum Currency: Sendable, Equatable {
        case code(String)
        /// The answer has none.
        case none
    }

    package enum Wait: Sendable, Equatable {
        case seconds(Duration)
        case never
    }

    package struct Verbatim: Sendable, Equatable {
        package var status: Int
        package var headers: HeaderFields
        package var body: String
    }

    /// Whether the plan says what is answered, whatever was asked.
    var decides: Bool { !errors.isEmpty || condition != nil || verbatim != nil || isRejected || backendHangs }
}

extension [AnswerPlan] {
    /// The plan for the n-th call, counted from 1; nil where the plans are used up.
    func plan(forCall call: Int) -> AnswerPlan? {
        var last = 0
        for plan in self {
            guard let calls = plan.calls else { return plan }
            last += calls
            if call <= last { return plan }
        }
        return nil
    }
}

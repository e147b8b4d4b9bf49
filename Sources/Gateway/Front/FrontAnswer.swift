package import GuaranteeAdapter
package import Translation

/// An answer to a client, and what the log and the metrics say of it: no value of the request is in there.
package struct FrontAnswer: Sendable {
    /// What was asked for.
    package enum Route: String, Sendable, CaseIterable {
        case submit
        case state
        /// No path of v1.0.
        case unknown
    }

    package var response: ExchangeResponse
    package var route: Route
    /// `json` or `xml`, where a question was read.
    package var form: BalanceQuestion.Form?
    /// Where the answer came from, where a question was put.
    package var origin: BalanceAnswer.Origin?
    /// How long it was waited for, by the clock on the wall; nil where nobody was asked for it.
    package var waited: Duration?
    /// Whether it is sent at all: nobody may be there any more who could take it.
    var isSent = true
    /// What it says: `balance`, `pending`, or the name of a condition.
    package var outcome: String?

    init(_ response: ExchangeResponse, _ route: Route) {
        self.response = response
        self.route = route
    }
}

extension BalanceMessage {
    /// What a message says, in a word that is the same for all that say it.
    var outcome: String {
        switch kind {
        case .answer: "balance"
        case .pending: "pending"
        default: condition?.name ?? (kind == .refusal ? "functional-error" : "server-error")
        }
    }
}

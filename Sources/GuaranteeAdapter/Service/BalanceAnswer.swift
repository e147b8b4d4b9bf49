/// What a question was answered, in v1.0's terms.
package struct BalanceAnswer: Sendable {
    /// Where the answer comes from.
    package enum Origin: String, Sendable, CaseIterable {
        /// v2.0 was asked.
        case upstream
        /// Another question, the same in all, was under way.
        case joined
        /// The same question was answered a moment ago.
        case reused
        /// The adapter answered by itself: the lock, the holders.
        case own
    }

    /// A balance, a refusal, a service error; or `pending`, with the id to ask for it by.
    package var message: BalanceMessage
    package var origin: Origin
    /// How long v2.0 was waited for, by the clock on the wall; nil where it was not asked.
    package var waited: Duration?
    /// How old the answer is, where it was given before.
    package var age: Duration?

    /// An answer for which nobody was asked.
    package init(own message: BalanceMessage) {
        self.init(message, .own)
    }

    init(_ message: BalanceMessage, _ origin: Origin, age: Duration? = nil) {
        self.message = message
        self.origin = origin
        self.age = age
    }
}

/// What became of a question that was told to be asked about later (contract section 3.2).
package struct BalanceState: Sendable {
    package var id: String
    package var question: BalanceQuestion
    /// UTC, with no or three digits of a fraction.
    package var requestedAt: String
    package var completedAt: String?
    /// nil while it is pending.
    package var message: BalanceMessage?

    /// The state as v1.0's `GET` tells it, in the hub's terms; nil for what v1.0 has an error for alone.
    package var told: BalanceMessage? {
        var told = message ?? BalanceMessage(kind: .pending)
        guard told.kind != .serviceError else { return nil }
        told.balanceID = id
        told.tin = question.tin
        told.requestedAt = requestedAt
        told.completedAt = completedAt
        if told.guarantees.isEmpty { told.guarantees = [Guarantee()] }
        told.guarantees[0].grn = question.guarantees.first?.grn
        return told
    }
}

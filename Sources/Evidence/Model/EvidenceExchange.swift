package import Foundation

/// One exchange with an API, or one recorded answer: without token and access code (design section 8).
package struct EvidenceExchange: Sendable, Equatable {
    package var id: Int64
    package var side: EvidenceSide
    /// The pair that it was made for, or that was paired with it; nil for recorded answers that no question asked for.
    package var pair: Int?
    package var look: Look
    /// The GRN that a recorded answer is about; nil where nobody knows, and for exchanges of the run's own.
    package var grn: String?
    /// Where a recorded answer stood; nil for an exchange of the run's own.
    package var source: String?
    package var method: String?
    package var path: String?
    /// When the request was sent; of a recorded answer, when it was given: nil where nobody knows. By the run's own clock.
    package var sentAt: Date?
    /// How long the exchange took; nil where it is not over, or nobody knows.
    package var seconds: Double?
    /// The HTTP status; nil where there was no answer, and for recorded messages that are none of HTTP.
    package var status: Int?
    /// Why there was no answer, in a word: `timed-out`, `interrupted`; nil where there was one, or the exchange is not over.
    package var failure: String?
    /// Whose fault a 429 was: `our-own-pacing` or `others`.
    package var throttledBy: String?
    /// `v1-xml`, `v1-json` or `v2-json`.
    package var format: String
    /// The answer's body, or the stored message, secrets masked; nil where there is none, or it was purged.
    package var body: Data?
    package var meaning: EvidenceMeaning?

    package init(id: Int64 = 0, side: EvidenceSide, pair: Int? = nil, look: Look = .first, format: String) {
        self.id = id
        self.side = side
        self.pair = pair
        self.look = look
        self.format = format
    }

    package var isRecorded: Bool { source != nil }
}

/// What an answer means, as far as reports tell it.
package struct EvidenceMeaning: Sendable, Equatable {
    /// `answer`, `refusal`, `pending`, `serviceError`.
    package var kind: String
    /// A row of the table of conditions: `not-found`.
    package var condition: String?
    /// The amount as it was spelled.
    package var balance: String?
    package var currency: String?
    /// Whether it says something about the guarantee: a balance or a refusal does, an error in their place does not.
    package var isConclusive = true

    package init(
        kind: String, condition: String? = nil, balance: String? = nil, currency: String? = nil,
        isConclusive: Bool = true
    ) {
        self.kind = kind
        self.condition = condition
        self.balance = balance
        self.currency = currency
        self.isConclusive = isConclusive
    }

    /// In a few words: `50000 GBP`, `not-found`, `pending`.
    package var words: String {
        if let balance { return [balance, currency].compactMap(\.self).joined(separator: " ") }
        return condition ?? kind
    }
}

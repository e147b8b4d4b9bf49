package import Comparison
package import Foundation

/// What was asked, without what is secret.
package struct EvidenceQuestion: Sendable, Equatable {
    /// Empty once personal data was purged.
    package var grn: String
    /// The tax identifier, or its pseudonym; nil where the question has none.
    package var tin: String?
    package var user: String?
    package var label: String?
    /// 0, 1, 2, 4 or 9, where the question list tells it (contract section 2).
    package var guaranteeType: String?

    package init(
        grn: String, tin: String? = nil, user: String? = nil, label: String? = nil, guaranteeType: String? = nil
    ) {
        self.grn = grn
        self.tin = tin
        self.user = user
        self.label = label
        self.guaranteeType = guaranteeType
    }
}

/// One pair of answers: the question, what each side brought, what was concluded.
package struct EvidencePair: Sendable {
    /// From 1, in the order of the question list.
    package var number: Int
    /// The same for all pairs of one GRN: the number of the first of them. It outlives the GRN.
    package var guarantee: Int
    package var question: EvidenceQuestion
    /// The letters of the GRN's country: they outlive the GRN.
    package var country: String?
    package var v1: EvidenceOutcome?
    package var v2: EvidenceOutcome?
    /// v1.0's second answer, where the amounts differed.
    package var again: EvidenceOutcome?
    /// nil while the pair is open.
    package var judgement: Judgement?
    /// By the run's own clock.
    package var judgedAt: Date?

    package init(number: Int, guarantee: Int, question: EvidenceQuestion) {
        self.number = number
        self.guarantee = guarantee
        self.question = question
    }

    package var strata: [String] { Strata.of(country: country, guaranteeType: question.guaranteeType) }

    package func outcome(_ side: EvidenceSide, _ look: Look = .first) -> EvidenceOutcome? {
        side == .v2 ? v2 : look == .first ? v1 : again
    }
}

/// What one side brought for a pair: an answer, or why there is none.
package struct EvidenceOutcome: Sendable {
    /// The exchange that it rests on; nil where nothing was sent.
    package var exchange: EvidenceExchange?
    /// Why there is no answer, in words; nil where there is one.
    package var why: String?

    package init(exchange: EvidenceExchange?, why: String? = nil) {
        self.exchange = exchange
        self.why = why
    }
}

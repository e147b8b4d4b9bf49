package import GuaranteeClients

/// A question in v1.0's terms, with its secrets: whose guarantees they are, and how much is left of each (contract
/// section 3.1). JSON asks about one guarantee, XML about up to 99.
package struct BalanceQuestion: Sendable {
    /// In what form it came, and is to be answered.
    package enum Form: String, Sendable, Codable {
        case json
        case xml
    }

    package var form: Form
    package var tin: String
    package var guarantees: [Asked]
    /// The client's own token; nil where it sent none.
    package var token: BearerToken?
    /// The message as it came, where its answer must refer to it.
    package var original: [UInt8]?

    package struct Asked: Hashable, Sendable {
        package var grn: GRN
        package var accessCode: AccessCode
        /// Whose guarantee it is, where the question names somebody else than who asks.
        package var holder: String?

        package init(grn: GRN, accessCode: AccessCode, holder: String? = nil) {
            self.grn = grn
            self.accessCode = accessCode
            self.holder = holder
        }
    }

    package init(
        _ form: Form, tin: String, guarantees: [Asked], token: BearerToken?, original: [UInt8]? = nil
    ) {
        self.form = form
        self.tin = tin
        self.guarantees = guarantees
        self.token = token
        self.original = original
    }

    /// What makes two questions the same one: the same token, tax identifier, GRNs and access codes. The form is none of
    /// it, for what v2.0 is asked does not depend on it.
    struct Identity: Hashable, Sendable {
        private let token: BearerToken?
        private let tin: String
        private let guarantees: [Asked]
        /// Made once, for it is looked for several times.
        private let digest: Int

        init(_ question: BalanceQuestion) {
            token = question.token
            tin = question.tin
            guarantees = question.guarantees
            var hasher = Hasher()
            hasher.combine(token)
            hasher.combine(tin)
            hasher.combine(guarantees)
            digest = hasher.finalize()
        }

        func hash(into hasher: inout Hasher) { hasher.combine(digest) }
    }
}

package import GuaranteeClients
package import Translation

/// What both sides are to be asked, with its secrets: it lives in memory alone.
package struct DualRunQuestion: Sendable {
    package var grn: GRN
    /// nil where only recorded answers are compared, or none is known: what is live can't be asked then.
    package var accessCode: AccessCode?
    /// v1.0 can't be asked without one.
    package var tin: String?
    /// Who asks, as the question list names them; nil: whoever the tokens stand for.
    package var user: String?
    package var label: String?
    package var guaranteeType: String?

    package init(
        grn: GRN, accessCode: AccessCode? = nil, tin: String? = nil, user: String? = nil, label: String? = nil,
        guaranteeType: String? = nil
    ) {
        self.grn = grn
        self.accessCode = accessCode
        self.tin = tin
        self.user = user
        self.label = label
        self.guaranteeType = guaranteeType
    }
}

extension DualRunQuestion {
    /// What must not be kept of it, wherever it comes back.
    func redaction(_ pseudonym: (@Sendable (String) -> String)?) -> Redaction {
        var redaction = Redaction()
        redaction.secrets = [accessCode?.secret].compactMap(\.self)
        redaction.spared = grn.text
        redaction.identifiers = [tin].compactMap(\.self)
        redaction.pseudonym = pseudonym
        return redaction
    }
}

/// Where the answers of one side come from.
package enum DualRunSide: Sendable {
    /// The API itself. Clients by the users that they ask for; under `""` the one for everybody else.
    case live([String: DualRunClient])
    /// Recordings, which the evidence holds.
    case recorded

    package var isLive: Bool {
        if case .live = self { true } else { false }
    }

    /// The client for a question, and whose lock its calls take.
    func client(for user: String?) -> DualRunClient? {
        guard case .live(let clients) = self else { return nil }
        return user.flatMap { clients[$0] } ?? clients[""]
    }
}

/// A client, and whose locks its calls take.
package struct DualRunClient: Sendable {
    package var client: any GuaranteeClient
    /// The user as pacing names them: the same for all spellings of one.
    package var user: String

    package init(_ client: any GuaranteeClient, user: String) {
        self.client = client
        self.user = user
    }
}

package import Translation

/// A question about one guarantee, as both versions can be asked it (contract sections 3.1 and 4).
package struct GuaranteeQuestion: Sendable {
    package var grn: GRN
    package var accessCode: AccessCode
    /// The tax identifier: v1.0 needs it, v2.0 does not know it.
    package var tin: String?

    package init(grn: GRN, accessCode: AccessCode, tin: String? = nil) {
        self.grn = grn
        self.accessCode = accessCode
        self.tin = tin
    }

    var message: BalanceMessage {
        var message = BalanceMessage(kind: .query)
        message.tin = tin
        var guarantee = Guarantee(grn: grn)
        guarantee.accessCode = accessCode
        message.guarantees = [guarantee]
        return message
    }
}

/// Asks one version of the API.
package protocol GuaranteeClient: Sendable {
    var api: GuaranteeAPI { get }
    /// Asks, and waits for the answer: a balance, a refusal, or an error that the API told. Cancelling the task ends it at
    /// once.
    ///
    /// - Parameters:
    ///   - pending: v1.0's pending answer, where the question was put before: it is not put again then.
    ///   - journal: hears of each call before it is made, and of its end.
    func ask(
        _ question: GuaranteeQuestion, pending: BalanceMessage?, journal: (any CallJournal)?
    ) async throws(ClientError) -> ClientAnswer
}

extension GuaranteeClient {
    package func ask(_ question: GuaranteeQuestion) async throws(ClientError) -> ClientAnswer {
        try await ask(question, pending: nil, journal: nil)
    }
}

/// What an API answered, with the exchange in which it did.
package struct ClientAnswer: Sendable {
    /// What the answer means.
    package var message: BalanceMessage
    /// The exchanges that led there, in their order; of the times that a pending answer was asked for, the last alone.
    package var exchanges: [Exchange]
}

/// Why there is no answer.
package struct ClientError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// The question can't be put to this version.
        case invalidQuestion = "invalid-question"
        /// There is no token to ask with.
        case token
        case notConnected = "not-connected"
        case tls
        case proxy
        /// The connection ended before the answer did.
        case interrupted
        case timedOut = "timed-out"
        /// The answer is too large, or nothing that the contract knows.
        case unreadable
        /// v1.0 keeps the question no longer: it was pending for an hour.
        case expired
        /// The answer was pending for as long as the caller would wait.
        case gaveUp = "gave-up"
        /// The API failed too often of late: it was not asked.
        case circuitOpen = "circuit-open"
        /// The journal could not take down the call, or its end.
        case notRecorded = "not-recorded"
        case cancelled
    }

    package var code: Code
    /// What happened and what to do; it quotes no secret.
    package var message: String
    /// The exchanges until then, in their order.
    package var exchanges: [Exchange]

    package var description: String { message }
}

import Foundation
package import Translation

/// Asks v1.0: submits, and asks for the answer until it is there where it is pending (contract section 3).
package struct V1Client: GuaranteeClient {
    private let caller: Caller

    package init(_ caller: Caller) {
        self.caller = caller
    }

    package var api: GuaranteeAPI { .v1 }

    package func ask(
        _ question: GuaranteeQuestion, pending: BalanceMessage?, journal: (any CallJournal)?
    ) async throws(ClientError) -> ClientAnswer {
        guard question.tin != nil else {
            throw ClientError(
                code: .invalidQuestion, message: "v1.0 needs the tax identifier of the guarantee's holder.",
                exchanges: [])
        }
        if let pending { return try await answer(pending: pending, question.grn, [], journal) }
        let request = try caller.request(saying: question.message)
        let exchanges = try await caller.call(
            request,
            as: PacedCall(api: .v1, user: caller.options.user, grn: question.grn.text, eori: question.tin),
            journal: journal)
        let message = try caller.message(in: exchanges)
        guard message.kind == .pending else { return ClientAnswer(message: message, exchanges: exchanges) }
        return try await answer(pending: message, question.grn, exchanges, journal)
    }

    // MARK: - Pending

    private func answer(
        pending: BalanceMessage, _ grn: GRN, _ submitted: [Exchange], _ journal: (any CallJournal)?
    ) async throws(ClientError) -> ClientAnswer {
        // The id becomes a part of a path: nothing else may come from the answer.
        guard let id = pending.balanceID, UUID(uuidString: id) != nil else {
            throw ClientError(
                code: .unreadable, message: "v1.0 answered 202 with a balance id that is no UUID.", exchanges: submitted
            )
        }
        var question = BalanceMessage(kind: .stateQuery)
        question.balanceID = id
        let request = try caller.request(saying: question)
        let polling = caller.options.polling
        let deadline = caller.time.elapsed() + polling.patience
        var pause = polling.firstPause
        var exchanges = submitted
        while true {
            let left = deadline - caller.time.elapsed()
            guard left > .zero else {
                throw ClientError(
                    code: .gaveUp, message: "v1.0's answer was still pending after \(polling.patience).",
                    exchanges: exchanges)
            }
            try await caller.sleep(min(pause, left), exchanges)
            pause = min(pause * polling.growth, polling.longestPause)
            exchanges = submitted + (try await poll(request, submitted, journal))
            let message = try caller.message(in: exchanges)
            if message.condition == Condition("request-not-found") {
                throw ClientError(
                    code: .expired, message: "v1.0 keeps the question no longer: its answer was pending for too long.",
                    exchanges: exchanges)
            }
            // That one call came too soon says nothing of the answer: the next may bring it.
            if message.kind == .pending || message.condition == Condition("throttled") { continue }
            guard message.balanceID == nil || message.balanceID?.lowercased() == id.lowercased() else {
                throw ClientError(
                    code: .unreadable, message: "v1.0 answered about another request than it was asked about.",
                    exchanges: exchanges)
            }
            try message.expect(grn, of: .v1, exchanges)
            return ClientAnswer(message: message, exchanges: exchanges)
        }
    }

    private func poll(
        _ request: ExchangeRequest, _ submitted: [Exchange], _ journal: (any CallJournal)?
    ) async throws(ClientError) -> [Exchange] {
        do {
            return try await caller.call(
                request, as: PacedCall(api: .v1, user: caller.options.user), journal: journal)
        } catch {
            var error = error
            error.exchanges = submitted + error.exchanges
            throw error
        }
    }
}

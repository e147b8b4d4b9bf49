package import Translation

/// Asks v2.0: one call, answered at once (contract section 4).
package struct V2Client: GuaranteeClient {
    private let caller: Caller

    package init(_ caller: Caller) {
        self.caller = caller
    }

    package var api: GuaranteeAPI { .v2 }

    package func ask(
        _ question: GuaranteeQuestion, pending: BalanceMessage?, journal: (any CallJournal)?
    ) async throws(ClientError) -> ClientAnswer {
        // It stands in the path, where anything else would ask for something else.
        guard question.grn.isAlphanumeric else {
            throw ClientError(
                code: .invalidQuestion,
                message: "A GRN has letters and digits alone: v2.0 can't be asked about this one.",
                exchanges: [])
        }
        let request = try caller.request(saying: question.message)
        let exchanges = try await caller.call(
            request, as: PacedCall(api: .v2, user: caller.options.user, grn: question.grn.text),
            journal: journal)
        let message = try caller.message(in: exchanges)
        try message.expect(question.grn, of: .v2, exchanges)
        return ClientAnswer(message: message, exchanges: exchanges)
    }
}

extension GRN {
    /// Whether it has letters and digits of ASCII alone.
    fileprivate var isAlphanumeric: Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            }
    }
}

import Translation

extension BalanceMessage {
    /// Refuses an answer that names another guarantee than the one that was asked about.
    func expect(_ grn: GRN, of api: GuaranteeAPI, _ exchanges: [Exchange]) throws(ClientError) {
        guard let named = guarantees.first?.grn, named != grn else { return }
        throw ClientError(
            code: .unreadable, message: "\(api) answered about another guarantee than it was asked about.",
            exchanges: exchanges)
    }
}

/// Between the hub and the wire.
extension Caller {
    /// The request that puts a question.
    func request(saying message: BalanceMessage) throws(ClientError) -> ExchangeRequest {
        do {
            return try codec.request(saying: message, in: api.format)
        } catch {
            throw ClientError(
                code: .invalidQuestion, message: "\(api) can't be asked this: \(error.message)", exchanges: [])
        }
    }

    /// What the last answer means.
    func message(in exchanges: [Exchange]) throws(ClientError) -> BalanceMessage {
        guard let response = exchanges.last?.response else {
            throw ClientError(code: .interrupted, message: "There is no answer.", exchanges: exchanges)
        }
        do {
            return try codec.message(in: response, of: api.format)
        } catch {
            throw ClientError(
                code: .unreadable,
                message: "\(api) answered \(response.status), with nothing that its contract knows: \(error)",
                exchanges: exchanges)
        }
    }
}

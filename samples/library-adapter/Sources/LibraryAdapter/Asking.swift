import GuaranteeAdapter

extension GuaranteeAdapter {
    /// What v1.0 would have told, in a line. Where that takes long, it waits, as a program that spoke v1.0 did.
    func told(about request: BalanceRequest) async throws -> String {
        do throws(AdapterError) {
            var response = try await submit(request)
            while case .pending(let id) = response {
                try? await Task.sleep(for: .seconds(5))
                guard let state = try await state(of: id) else { return "kept no longer" }
                response = state.response ?? response
            }
            return response.line
        } catch {
            let complaints = error.complaints.map { " \($0.reason)." }
            return "\(error.status) \(error.code): \(error.message).\(complaints.joined())"
        }
    }
}

extension BalanceResponse {
    fileprivate var line: String {
        switch self {
        case .success(let balance): "\(balance.amount) \(balance.currency ?? "")"
        case .functionalErrors(let errors):
            errors.map { error in
                "error \([error.type, error.pointer, error.text].compactMap { $0 }.joined(separator: " "))"
            }.joined(separator: ", ")
        case .pending(let id): "pending as \(id)"
        }
    }
}

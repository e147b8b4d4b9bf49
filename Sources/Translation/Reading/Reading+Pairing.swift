import GuaranteeModel

extension Reading {
    /// The names by which an answer can find this query (contract section 6); empty for anything but a query.
    package var queryKeys: [String] {
        guard hub.kind == .query else { return [] }
        return keys(plan.file.pairing.query, plan.file.pairing.reference)
    }

    /// The names of the query that this message answers, the surest first; empty for a query.
    package var answerKeys: [String] {
        guard hub.kind != .query else { return [] }
        return keys(plan.file.pairing.answers, plan.file.pairing.reference)
    }

    private func keys(_ conversation: String?, _ reference: String?) -> [String] {
        [("conversation", conversation), ("reference", reference)].compactMap { kind, field in
            guard let field, let planNode = plan.node(at: field),
                let leaf = leaves.first(where: { $0.planNode == planNode })
            else { return nil }
            return "\(kind) \(tree.text(of: leaf.node))"
        }
    }
}

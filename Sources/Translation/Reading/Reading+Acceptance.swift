package import GuaranteeModel

extension Reading {
    /// Values that the format's own service would refuse, though the schema allows them: warnings.
    package var unaccepted: [Remark] {
        plan.file.acceptances.flatMap { acceptance in
            leaves.filter { leaf in
                guard leaf.field == acceptance.field, let text = hub[acceptance.field, leaf.index] else { return false }
                return !acceptance.pattern.matches(text)
            }.map { leaf in
                Remark(
                    .warning, code: "not-accepted", path: tree.path(of: leaf.node), place: tree.nodes[leaf.node].place,
                    message: acceptance.why)
            }
        }
    }
}

import GuaranteeModel

/// Chooses the message of a format that says what a hub holds.
struct MessageChoice {
    let mappings: MappingSet
    let target: MessageFormat
    let form: TranslationOptions.Form

    /// - Parameter row: the row of the hub's condition, where it has one.
    func plan(saying hub: BalanceMessage, _ row: ConditionTable.Row?) throws(MessageWriter.Failure) -> MessagePlan {
        let kind = hub.kind
        if let missing = mappings.conditions.missingKinds.first(where: { $0.kind == kind && $0.format == target }) {
            throw noCounterpart(missing.why)
        }
        if let expression = row?.expressions[target] {
            if let why = expression.none { throw noCounterpart(why) }
            if let name = expression.message, let plan = mappings.plan(named: name) { return plan }
        }
        if let plan = planListing(hub) { return plan }
        let plan = mappings.plans.first { plan in
            guard plan.format == target else { return false }
            switch plan.file.use {
            case .named, .never: return false
            case .forms(let forms) where !forms.contains(form.rawValue): return false
            case .always, .forms: break
            }
            switch plan.file.meaning {
            case .kind(let said): return said == kind
            case .condition: return kind == .serviceError || kind == .refusal && target == .v2JSON
            }
        }
        guard let plan else { throw noCounterpart("\(target.rawValue) has no message for it") }
        return plan
    }

    /// The message that is named for complaints of a kind that the hub has: v1.0's about values and shapes.
    private func planListing(_ hub: BalanceMessage) -> MessagePlan? {
        let lists = HubList.allCases.filter { $0 != .guarantees && $0 != .reasons && hub.count(of: $0) > 0 }
        return mappings.plans.first { plan in
            plan.format == target && plan.file.use == .named
                && plan.nodes.contains { node in node.list.map(lists.contains) ?? false }
        }
    }

    private func noCounterpart(_ why: String) -> MessageWriter.Failure {
        MessageWriter.Failure(message: "has no counterpart in \(target.rawValue): \(why)")
    }

    /// Fills the lists that the message is written from, where the hub has none, as the table of conditions has it.
    func fillLists(of job: inout MessageWriter.Job, for plan: MessagePlan) {
        let lists = Set(plan.nodes.compactMap(\.list)).subtracting([.guarantees])
        guard lists.allSatisfy({ job.hub.count(of: $0) == 0 }) else { return }
        for list in lists {
            for item in job.row?.lists[list]?.write ?? [] {
                let index = job.hub.count(of: list)
                for (field, text) in item { job.hub[field, index] = text }
                job.listsFromRow.insert(list)
            }
        }
    }
}

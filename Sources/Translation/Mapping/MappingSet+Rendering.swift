import GuaranteeModel

extension MappingSet {
    /// The names of all messages.
    package var messages: [String] { plans.map(\.message) }

    /// What maps to what, for people: a message's leaves with their hub fields and rules.
    package func rendering(of message: String) -> [String]? {
        guard let plan = plan(named: message) else { return nil }
        var lines = [
            "\(plan.message): \(plan.title)",
            "  \(plan.format.rawValue), \(plan.file.schema), revision \(plan.revision)",
        ]
        for acceptance in plan.file.acceptances {
            lines.append("  only where \(acceptance.field.rawValue) is \(acceptance.pattern.source): \(acceptance.why)")
        }
        let rows = plan.nodes.filter(\.isLeaf).map { node in
            (
                node.field + (node.isRepeated ? "[]" : ""), node.occurrence, node.rule.description,
                node.rule.secret == nil ? "" : "secret"
            )
        }
        let width = rows.map { $0.0.count }.max() ?? 0
        let occurrenceWidth = rows.map { $0.1.count }.max() ?? 0
        for (field, occurrence, rule, note) in rows {
            let name = field + String(repeating: " ", count: width - field.count)
            let count = occurrence + String(repeating: " ", count: occurrenceWidth - occurrence.count)
            lines.append("  \(name)  \(count)  \(rule)\(note.isEmpty ? "" : "  (\(note))")")
        }
        return lines
    }

    /// The table of error correspondence, for people.
    package var conditionsRendering: [String] {
        conditions.rows.flatMap { row in
            ["\(row.condition) (\(row.kind.rawValue)): \(row.why) [\(row.source)]"]
                + MessageFormat.allCases.map { "  \($0.rawValue): \(row.rendering(in: $0))" }
        }
    }
}

extension MessagePlan.Node {
    fileprivate var occurrence: String { "\(minimum)..\(maximum == .max ? "*" : "\(maximum)")" }
}

extension ConditionTable.Row {
    fileprivate func rendering(in format: MessageFormat) -> String {
        guard let expression = expressions[format] else { return "" }
        if let why = expression.none { return "none: \(why)" }
        var parts = expression.spellings.map { spelling in
            [spelling.status, spelling.code, spelling.message?.text].compactMap(\.self).joined(separator: " ")
        }
        if let message = expression.message { parts.insert("as \(message)", at: 0) }
        if parts.isEmpty {
            let items = lists.values.flatMap { $0.write }.map { item in
                item.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.shortName) \($0.value)" }
                    .joined(separator: ", ")
            }
            parts = items.isEmpty ? ["the errors that were read"] : items
        }
        let outcome = expression.outcome == .normalised ? "" : " (\(expression.outcome.rawValue))"
        return parts.joined(separator: "; ") + outcome
    }
}

import GuaranteeModel

/// All mappings, loaded and compiled: what translators run on. Loading fails with the file, the line and what to mend.
package struct MappingSet: Sendable {
    let plans: [MessagePlan]
    let conditions: ConditionTable
    private let positions: [String: Int]

    /// - Parameter files: the built-in files, or those of a folder that replaces them.
    package init(_ files: MappingFiles) throws {
        conditions = try ConditionTable(parsing: try files.bytes(of: ConditionTable.file))
        var plans: [MessagePlan] = []
        for name in files.names where name.hasPrefix("rules/") {
            let mapping = try MappingFile(parsing: try files.bytes(of: name), file: name)
            let schemaName = "schemas/\(mapping.schema)"
            let schema: SchemaNode
            do {
                let bytes = try files.bytes(of: schemaName)
                schema = mapping.format == .v1XML ? try XSDLoader.load(bytes) : try JSONSchemaLoader.load(bytes)
            } catch let error as MappingError {
                throw error
            } catch {
                throw MappingError(file: schemaName, message: "\(error)")
            }
            plans.append(try PlanCompiler.compile(mapping, schema))
        }
        self.plans = plans
        positions = Dictionary(plans.enumerated().map { ($1.message, $0) }, uniquingKeysWith: { first, _ in first })
        guard positions.count == plans.count else {
            throw MappingError(file: "rules", message: "two files are for one message")
        }
        try checkNames()
    }

    /// Refuses names that nothing has: a condition without a row, a row's message without a file.
    private func checkNames() throws(MappingError) {
        var seen: Set<Condition> = []
        for row in conditions.rows {
            guard seen.insert(row.condition).inserted else {
                throw MappingError(
                    file: ConditionTable.file, line: row.line, message: "\"\(row.condition)\" stands here twice")
            }
            for (format, expression) in row.expressions {
                guard let name = expression.message, plan(named: name)?.format != format else { continue }
                throw MappingError(
                    file: ConditionTable.file, line: row.line,
                    message: "\(row.condition): there is no \(format.rawValue) message \"\(name)\"")
            }
        }
        for plan in plans {
            guard let condition = plan.file.condition, conditions.row(of: condition) == nil else { continue }
            throw MappingError(
                file: plan.file.file, message: "\(ConditionTable.file) has no condition \"\(condition)\"")
        }
    }

    func plan(named message: String) -> MessagePlan? { positions[message].map { plans[$0] } }

    /// Whether the table of conditions has a row of this name.
    package func has(condition name: String) -> Bool { conditions.row(of: Condition(name)) != nil }

    /// The revision of each file that a run rests on, by file name.
    package var revisions: [(file: String, revision: Int)] {
        plans.map { ($0.file.file, $0.revision) } + [(ConditionTable.file, conditions.revision)]
    }

}

extension Conversion {
    /// The mapping files that a conversion rests on, with their revisions.
    package func mappingRevisions(_ mappings: MappingSet) -> [(file: String, revision: Int)] {
        let plans = [reading.plan] + messages.prefix(1).map(\.plan)
        return plans.map { ($0.file.file, $0.revision) } + [(ConditionTable.file, mappings.conditions.revision)]
    }
}

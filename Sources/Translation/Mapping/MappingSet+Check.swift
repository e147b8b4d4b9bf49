import GuaranteeModel
import XMLMessages

extension MappingSet {
    /// What loading can't see: schemas that libxml2 refuses, rows of tables that nothing can reach, names that nothing has.
    package static func check(_ files: MappingFiles) throws -> (summary: String, problems: [MappingError]) {
        let mappings = try MappingSet(files)
        var problems: [MappingError] = []
        for name in files.names where name.hasSuffix(".xsd") {
            do {
                _ = try XSDSchema(try files.bytes(of: name))
            } catch let error as XSDError {
                problems.append(MappingError(file: name, message: "\(error)"))
            }
        }
        let schemas = Set(mappings.plans.map { "schemas/\($0.file.schema)" })
        for name in files.names where name.hasPrefix("schemas/") && !schemas.contains(name) {
            problems.append(MappingError(file: name, message: "no mapping file uses this schema"))
        }
        problems += mappings.conditions.unreachableRows
        let leaves = mappings.plans.reduce(0) { $0 + $1.nodes.count(where: \.isLeaf) }
        return (
            "\(mappings.plans.count) messages, \(leaves) leaves with one rule each, "
                + "\(mappings.conditions.rows.count) conditions", problems
        )
    }
}

extension ConditionTable {
    /// Rows whose own words, or whose own list items, an earlier row takes.
    var unreachableRows: [MappingError] {
        var problems: [MappingError] = []
        func complain(_ row: Row, _ what: String, _ other: Row?) {
            let taker = other.map { "\"\($0.condition)\" takes it" } ?? "no row takes it"
            problems.append(
                MappingError(
                    file: Self.file, line: row.line, message: "\(row.condition): \(what) is never read: \(taker)"))
        }
        for row in rows {
            for (format, expression) in row.expressions {
                for spelling in expression.spellings where !spelling.isWriteOnly {
                    let found = self.row(
                        saying: spelling.code, spelling.message?.replacing(with: "x") ?? "any other words",
                        status: spelling.status, in: format)
                    if found?.condition != row.condition {
                        complain(row, "\(format.rawValue)'s \(spelling.code)", found)
                    }
                }
            }
            for (list, pattern) in row.lists {
                // Items of which nothing else may stand beside them are looked at together.
                for items in pattern.any.map({ [$0] }) + (pattern.all.isEmpty ? [] : [pattern.all]) {
                    var hub = BalanceMessage(kind: row.kind)
                    for (index, item) in items.enumerated() {
                        for (field, text) in item { hub[field, index] = text.replacing(with: "99") }
                    }
                    let found = self.row(matching: hub)
                    if found?.condition != row.condition { complain(row, "an item of \(list.rawValue)", found) }
                }
            }
        }
        return problems
    }
}

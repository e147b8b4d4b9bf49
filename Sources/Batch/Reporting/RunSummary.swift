import Translation

extension RunReport {
    /// A short summary for people: counts by message, what was lost most often, the rejects by reason.
    package var summary: String {
        let records = tally.records
        var lines = [
            "\(Self.number(records.read)) records read: \(Self.number(records.converted)) converted to \(target), "
                + "\(Self.number(records.noCounterpart)) without counterpart, \(Self.number(records.rejected)) rejected"
        ]
        if hiddenFiles > 0 { lines.append("\(Self.number(hiddenFiles)) hidden files left out") }
        lines += Self.table(
            ["message", "read", "converted", "no counterpart", "rejected"],
            tally.messages.sorted { $0.key < $1.key }.map { message, count in
                [message] + [count.read, count.converted, count.noCounterpart, count.rejected].map(Self.number)
            })
        let losses = tally.sortedLosses
        if !losses.isEmpty {
            lines.append("")
            lines += Self.table(
                ["lost most often", "in", "outcome", "leaves"],
                losses.prefix(10).map {
                    [$0.loss.field, $0.loss.message, $0.loss.outcome.rawValue, Self.number($0.count)]
                })
            if losses.count > 10 { lines.append("  and \(losses.count - 10) more fields: see --report") }
        }
        let rejects = tally.sortedRejects
        if !rejects.isEmpty {
            lines.append("")
            lines += Self.table(
                ["not converted because", "records"], rejects.map { [$0.code.rawValue, Self.number($0.count)] })
        }
        if !tally.remarks.isEmpty {
            lines.append("")
            lines += Self.table(
                ["worth a look", "times"],
                tally.remarks.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                    [$0.key, Self.number($0.value)]
                })
        }
        return lines.joined(separator: "\n")
    }

    /// Columns as wide as their cells, the first ones to the left and counts to the right.
    static func table(_ header: [String], _ rows: [[String]]) -> [String] {
        guard !rows.isEmpty else { return [] }
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                let isCount = rows[0][column].first.map { ("0"..."9").contains($0) } ?? false
                return isCount ? padding + cell : cell + padding
            }
            let line = "  " + cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// A count with thousands set apart: 1,234,567.
    static func number(_ value: Int) -> String {
        var digits = String(value)
        var result = ""
        while digits.count > 3 {
            result = "," + digits.suffix(3) + result
            digits = String(digits.dropLast(3))
        }
        return digits + result
    }
}

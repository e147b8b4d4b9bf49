/// A page in GitHub-flavoured Markdown: for an issue, a wiki, the summary of a pipeline's step.
struct MarkdownPage: Page {
    private var text = ""
    /// Whether the last line is an item of a list, after which all else needs an empty line.
    private var isInList = false

    mutating func taken() -> String {
        defer { text = "" }
        return text
    }

    private mutating func endList() {
        if isInList { text += "\n" }
        isInList = false
    }

    mutating func title(_ title: String) { text += "# \(MarkdownText.escaped(title))\n\n" }

    mutating func heading(_ heading: String) {
        endList()
        text += "## \(MarkdownText.escaped(heading))\n\n"
    }

    mutating func paragraph(_ paragraph: String) {
        endList()
        text += MarkdownText.escaped(paragraph) + "\n\n"
    }

    mutating func verdict(_ words: VerdictWords) {
        text += "**\(words.title)**: \(MarkdownText.escaped(words.reason))\n\n"
    }

    mutating func item(_ item: String) {
        isInList = true
        text += "- \(MarkdownText.escaped(item))\n"
    }

    mutating func facts(_ facts: [(name: String, value: String)]) {
        table(ReportTable("", texts: ["", "run"], rows: facts.map { [$0.name, $0.value] }))
    }

    mutating func table(_ table: ReportTable) {
        endList()
        begin(table.columns)
        for row in table.rows { self.row(row.map(MarkdownText.escaped)) }
        text += "\n"
        if table.left > 0 { text += "and \(Numbers.count(table.left)) more\n\n" }
    }

    private mutating func begin(_ columns: [ReportTable.Column]) {
        row(columns.map(\.title))
        row(columns.map { $0.isNumber ? "---:" : "---" })
    }

    private mutating func row(_ cells: [String]) {
        text += "| " + cells.joined(separator: " | ") + " |\n"
    }

    // MARK: - Pairs

    mutating func beginPairs() {
        endList()
        begin(
            [ReportTable.Column(title: "#", isNumber: true)]
                + ["GRN", "label", "v1.0", "v2.0", "differs", "expected", "rule or reason"].map {
                    ReportTable.Column(title: $0)
                })
    }

    mutating func pair(_ pair: PairWords) {
        let again = pair.sides.dropFirst(2).map { "<br>again: \(Self.cell($0))" }.joined()
        let differences = pair.differences.map { difference in
            let place = MarkdownText.code(difference.name)
            return "\(place): \(MarkdownText.code(difference.v1)) ≠ \(MarkdownText.code(difference.v2))"
        }
        row([
            String(pair.number), MarkdownText.code(pair.grn), MarkdownText.code(pair.label ?? ""),
            Self.cell(pair.v1) + again, Self.cell(pair.v2), differences.joined(separator: "<br>"),
            MarkdownText.escaped(pair.expected ?? ""), MarkdownText.escaped(pair.explanation),
        ])
    }

    private static func cell(_ side: SideWords) -> String {
        let time = side.at.map { "<br>\(Moment($0).words)" } ?? ""
        let status = side.status == "-" ? "" : "<br>status \(MarkdownText.escaped(side.status))"
        return MarkdownText.code(side.answer) + status + time
    }

    mutating func endPairs() { text += "\n" }
}

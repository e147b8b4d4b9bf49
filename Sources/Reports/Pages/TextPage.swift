/// A page for a terminal: no line is longer than 100 columns, and nothing needs colour.
struct TextPage: Page {
    static let width = 100
    private static let gap = 2
    private static let narrowest = 12

    private var text = ""

    mutating func taken() -> String {
        defer { text = "" }
        return text
    }

    mutating func title(_ title: String) {
        text += title + "\n" + String(repeating: "=", count: TerminalText.width(title)) + "\n\n"
    }

    mutating func heading(_ heading: String) {
        if text.hasSuffix("\n"), !text.hasSuffix("\n\n") { text += "\n" }
        for line in TerminalText.wrapped(VisibleText.of(heading), to: Self.width) { text += line + "\n" }
        text += String(repeating: "-", count: min(Self.width, TerminalText.width(heading))) + "\n"
    }

    mutating func paragraph(_ paragraph: String) {
        for line in TerminalText.wrapped(VisibleText.of(paragraph), to: Self.width) { text += line + "\n" }
        text += "\n"
    }

    mutating func verdict(_ words: VerdictWords) { paragraph(words.whole) }

    mutating func item(_ item: String) { hanging("- ", item) }

    private mutating func hanging(_ start: String, _ words: String) {
        let indent = TerminalText.width(start)
        let lines = TerminalText.wrapped(VisibleText.of(words), to: Self.width - indent)
        for (index, line) in lines.enumerated() {
            text += (index == 0 ? start : String(repeating: " ", count: indent)) + line + "\n"
        }
    }

    mutating func facts(_ facts: [(name: String, value: String)]) {
        if !text.hasSuffix("\n\n") { text += "\n" }
        let width = facts.map { TerminalText.width($0.name) }.max() ?? 0
        for fact in facts { hanging(TerminalText.padded(fact.name, to: width + Self.gap), fact.value) }
        text += "\n"
    }

    // MARK: - Tables

    mutating func table(_ table: ReportTable) {
        let hasTitles = table.columns.contains { !$0.title.isEmpty }
        rows(table.rows, of: table.columns, titles: hasTitles ? table.columns.map(\.title) : nil)
        if table.left > 0 { text += "and \(Numbers.count(table.left)) more\n" }
        text += "\n"
    }

    private mutating func rows(_ rows: [[String]], of columns: [ReportTable.Column], titles: [String]?, indent: Int = 0)
    {
        let cells = ([titles].compactMap(\.self) + rows).map { $0.map { VisibleText.of($0) } }
        let (widths, gap) = Self.widths(of: cells, indent: indent)
        for row in cells {
            let wrapped = zip(row, widths).map { TerminalText.wrapped($0, to: $1) }
            for index in 0..<(wrapped.map(\.count).max() ?? 0) {
                var line = String(repeating: " ", count: indent)
                for (column, lines) in wrapped.enumerated() {
                    let part = lines.indices.contains(index) ? lines[index] : ""
                    let isNumber = columns.indices.contains(column) && columns[column].isNumber
                    line += String(repeating: " ", count: column > 0 ? gap : 0)
                    line += TerminalText.padded(part, to: widths[column], onTheLeft: isNumber)
                }
                while line.hasSuffix(" ") { line.removeLast() }
                text += line + "\n"
            }
        }
    }

    /// As wide as the cells are; where that is too much, the widest columns give way, then the gaps between them.
    private static func widths(of cells: [[String]], indent: Int) -> (widths: [Int], gap: Int) {
        let count = cells.map(\.count).max() ?? 0
        var widths = (0..<count).map { column in
            cells.map { $0.indices.contains(column) ? TerminalText.width($0[column]) : 0 }.max() ?? 0
        }
        func isTooWide(_ gap: Int) -> Bool { widths.reduce(indent + gap * max(0, count - 1), +) > width }
        while isTooWide(gap), let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
            widths[widest] > narrowest
        {
            widths[widest] -= 1
        }
        return (widths, isTooWide(gap) ? 1 : gap)
    }

    // MARK: - Pairs

    mutating func beginPairs() {}
    mutating func endPairs() {}

    /// Answers stand side by side, a column for each side.
    mutating func pair(_ pair: PairWords) {
        hanging("#\(pair.number)  ", [pair.grn, pair.label].compactMap(\.self).joined(separator: "  "))
        var lines = [[""] + pair.sides.map(\.name), ["answer"] + pair.sides.map(\.answer)]
        func add(_ name: String, _ value: (SideWords) -> String?) {
            let values = pair.sides.map(value)
            if values.contains(where: { $0 != nil }) { lines.append([name] + values.map { $0 ?? "-" }) }
        }
        add("status") { $0.status }
        add("at") { $0.at.map { Moment($0).words } }
        add("took") { $0.took.map(Numbers.duration) }
        add("from") { $0.origin }
        lines += pair.differences.map { ["≠ \($0.name)", $0.v1, $0.v2] }
        rows(lines, of: [], titles: nil, indent: 2)
        if let expected = pair.expected { hanging("  expected  ", expected) }
        if let rule = pair.rule { hanging("  rule      ", rule) }
        if let why = pair.why { hanging("  because   ", why) }
        text += "\n"
    }
}

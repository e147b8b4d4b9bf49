extension ReportTable {
    /// The table in a container of its own, in which it scrolls where it is wider than the page.
    var markup: Markup {
        let titles: [Markup] = columns.map { "<th scope=\"col\"\(Self.kind($0))>\($0.title)</th>" }
        let lines: [Markup] = rows.map { row in
            let cells: [Markup] = zip(row, columns).enumerated().map { index, cell in
                index == 0 && !cell.1.isNumber
                    ? "<th scope=\"row\">\(cell.0)</th>" : "<td\(Self.kind(cell.1))>\(cell.0)</td>"
            }
            return "<tr>\(cells)</tr>\n"
        }
        let more: Markup? = left > 0 ? "<p class=\"more\">and \(Numbers.count(left)) more</p>\n" : nil
        return """
            <div class="scroll" role="region" tabindex="0" aria-label="\(caption)"><table class="plain">
            <caption>\(caption)</caption>
            <thead><tr>\(titles)</tr></thead>
            <tbody>
            \(lines)</tbody></table></div>
            \(more)
            """
    }

    private static func kind(_ column: Column) -> Markup { column.isNumber ? " class=\"number\"" : "" }
}

import Comparison
import Evidence

/// A report for people: one file that asks nothing of anyone else, for auditors and managers, on paper and on a phone.
struct HTMLReport {
    private let report: EvidenceReport
    private let summary: EvidenceSummary
    private let limits: PairPart.Limits

    init(_ report: EvidenceReport, limits: PairPart.Limits = PairPart.Limits()) {
        self.limits = limits
        self.report = report
        summary = report.summary
    }

    func write(to output: inout ReportOutput) throws {
        try output.write(head)
        try output.write(HeaderPart(summary).markup + navigation)
        try output.write("<main id=\"main\">\n" as Markup)
        for part in parts { try output.write(Self.section(part)) }
        try output.write("<section id=\"pairs\" aria-labelledby=\"pairs-heading\">\n" as Markup)
        try output.write("<h2 id=\"pairs-heading\">Pairs</h2>\n" as Markup)
        try PairPart(report, limits).write(to: &output)
        try output.write("</section>\n" as Markup)
        try output.write(Self.section(run))
        try output.write("</main>\n\(footer)<script>\(PageScript.source)</script>\n</body>\n</html>\n" as Markup)
    }

    // MARK: - Around the parts

    private var head: Markup {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
        script-src '\(PageScript.digest)'; img-src data:; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <meta name="robots" content="noindex">
        <title>\(summary.verdict.verdict.title): \(summary.runTitle)</title>
        <link rel="icon" href="data:,">
        <style>
        \(PageStyle.source)</style>
        </head>
        <body>
        <a class="skip" href="#main">To the report</a>
        \(Swatches.definitions)
        """
    }

    private var navigation: Markup {
        let links: [Markup] = (parts.map { ($0.id, $0.heading) } + [("pairs", "Pairs"), (run.id, run.heading)]).map {
            "<li><a href=\"#\($0)\">\($1)</a></li>"
        }
        return "<nav aria-label=\"Parts of this report\"><ul>\(links)</ul></nav>\n"
    }

    private var footer: Markup {
        """
        <footer>
        <p>Made by nctsbridge from the evidence of a run of version \(summary.run.toolVersion). Times are UTC. Access \
        codes are masked before anything is stored: none stands in this report.</p>
        </footer>

        """
    }

    // MARK: - Parts

    private struct Part {
        var id: String
        var heading: String
        var content: Markup
    }

    private static func section(_ part: Part) -> Markup {
        """
        <section id="\(part.id)" aria-labelledby="\(part.id)-heading">
        <h2 id="\(part.id)-heading">\(part.heading)</h2>
        \(part.content)</section>

        """
    }

    private var parts: [Part] {
        var parts = [
            Part(id: "classes", heading: "Classes", content: ClassPart(summary).markup),
            Part(id: "time", heading: "Over time", content: charts),
            Part(id: "arithmetic", heading: "The arithmetic", content: Self.list(summary.arithmetic)),
        ]
        let strata = [summary.strataTable, summary.kindTable].filter { !$0.rows.isEmpty }
        if !strata.isEmpty { parts.append(Part(id: "strata", heading: "Strata", content: Self.tables(strata))) }
        let reasons = [summary.ruleTable, summary.inconclusiveTable].filter { !$0.rows.isEmpty }
        if !reasons.isEmpty {
            parts.append(Part(id: "reasons", heading: "Rules and reasons", content: Self.tables(reasons)))
        }
        return parts
    }

    private var charts: Markup {
        let clock: Markup? = summary.clock.map { "<p>Note that \($0).</p>\n" }
        let figures = [ClassesChart(summary).figure, LatencyChart(summary).figure, BoundChart(summary).figure]
        return "\(clock)\(figures.map(\.markup))"
    }

    private var run: Part {
        let facts: [Markup] = summary.facts.map { "<div><dt>\($0.name)</dt><dd><bdi>\($0.value)</bdi></dd></div>\n" }
        var content: Markup = "<dl class=\"facts\">\n\(facts)</dl>\n"
        if !summary.recordings.isEmpty {
            content +=
                "\(Self.tables([summary.recordingTable]))<p class=\"note\">\(EvidenceSummary.recordingWords)</p>\n"
        }
        if !summary.notes.isEmpty { content += Self.tables([summary.noteTable]) }
        return Part(id: "run", heading: "The run", content: content)
    }

    private static func tables(_ tables: [ReportTable]) -> Markup {
        tables.map { "<h3>\($0.caption)</h3>\n\($0.markup)" as Markup }.joined()
    }

    private static func list(_ sentences: [String]) -> Markup {
        "<ul class=\"sentences\">\(sentences.map { "<li>\(Markup.sentence($0))</li>\n" as Markup })</ul>\n"
    }
}

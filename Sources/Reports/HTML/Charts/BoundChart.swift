import Comparison
import Evidence
import Foundation

/// How the bound of the rate of differences came down, and what is allowed.
struct BoundChart {
    private let summary: EvidenceSummary
    private let limit: Double

    init(_ summary: EvidenceSummary) {
        self.summary = summary
        limit = summary.verdict.rules.maximumRate
    }

    var figure: ChartFigure {
        ChartFigure(
            id: "chart-bound", heading: "The bound and what is allowed", words: words, legend: "", drawing: drawing,
            numbers: numbers)
    }

    private func percent(_ rate: Double) -> String { Numbers.bound(rate, against: limit) }

    private var words: [String] {
        guard let last = summary.stretches.last else { return ["The bound is 100 %: nothing was judged yet."] }
        let explanation =
            "At \(VerdictWords.confidence) confidence no more guarantees differ than the bound says. It falls as more "
            + "of them are compared without a difference."
        let allowed = Numbers.percent(limit)
        guard last.bound <= limit else {
            return ["At the end the bound was \(percent(last.bound)), and \(allowed) is allowed.", explanation]
        }
        let since = summary.stretches.reversed().prefix { $0.bound <= limit }.last
        let moment = since.map {
            ", and has been no higher than the \(allowed) that is allowed since \(Moment($0.until).words)"
        }
        return ["The bound came down to \(percent(last.bound))\(moment ?? "").", explanation]
    }

    private var drawing: Markup? {
        guard let span = summary.span else { return nil }
        let values = summary.stretches.map(\.bound) + [limit]
        let lowest = min(values.filter { $0 > 0 }.min() ?? 0.01, 0.5) / 2.5
        let axis = LogarithmicAxis(
            from: lowest, to: 1, bottom: values.contains(0) ? "0 %" : nil, label: Numbers.percent)
        let chart = Chart(
            id: "chart-bound", heading: "The bound over time, and what is allowed", description: description(span),
            unit: "bound (logarithmic scale)", x: TimeAxis(span), y: axis)
        return chart.drawing("\(threshold(chart))\(line(chart))")
    }

    private func description(_ span: Span) -> String {
        let end = percent(summary.stretches.last?.bound ?? 1)
        return "A line that starts at 100 % and ends at \(end), from \(span.words), and a dashed line at the "
            + "\(Numbers.percent(limit)) that is allowed. " + (words.first ?? "")
    }

    private func threshold(_ chart: Chart) -> Markup {
        let y = chart.y(limit)
        return """
            <rect class="allowed" x="\(Chart.left)" y="\(y)" width="\(Chart.right - Chart.left)" \
            height="\(max(Chart.bottom - y, 0))"/>
            <line class="threshold" x1="\(Chart.left)" y1="\(y)" x2="\(Chart.right)" y2="\(y)"/>
            <text class="tick allowed-name" x="\(Chart.left + 8)" y="\(y)" dy="1.2em">\
            allowed: \(Numbers.percent(limit))</text>

            """
    }

    private func line(_ chart: Chart) -> Markup? {
        guard let last = summary.stretches.last else { return nil }
        var path: Markup = "M\(chart.x(summary.run.startedAt)) \(chart.y(1))"
        for stretch in summary.stretches { path += "L\(chart.x(stretch.until)) \(chart.y(stretch.bound))" }
        let (x, y) = (chart.x(last.until), chart.y(last.bound))
        // Out of the way of the line and of the limit, below which there is room.
        let isBelow = last.bound <= limit && y + 26 < Chart.bottom
        let offset: Markup = isBelow ? "1.5em" : "-.8em"
        return """
            <g class="line bound"><path d="\(path)"/><circle cx="\(x)" cy="\(y)" r="4"/>\
            <text class="tick name end" x="\(x - 2)" y="\(y)" dy="\(offset)">\(percent(last.bound))</text></g>

            """
    }

    private var numbers: ReportTable {
        var table = ReportTable("The bound over time", texts: ["until"], numbers: ["bound", "allowed"])
        table.rows = summary.stretches.map {
            [Moment($0.until).words, percent($0.bound), Numbers.percent(limit)]
        }
        return table
    }
}

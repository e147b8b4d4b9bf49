import Comparison
import Evidence

/// How many pairs of each class were judged when: bars of stacked classes.
struct ClassesChart {
    private let summary: EvidenceSummary
    private let classes: [PairClass]
    private let stretches: [EvidenceSummary.Stretch]

    /// The most bars: more of them would be a comb.
    private static let mostBars = 30

    /// From the bottom: what is usual lies low, what needs a look on top.
    private static let order: [PairClass] = PairClass.byWeight.reversed()

    init(_ summary: EvidenceSummary) {
        self.summary = summary
        classes = Self.order.filter { summary.count($0) > 0 }
        stretches = Self.merged(summary.stretches)
    }

    /// Neighbours as one, until there are few enough.
    private static func merged(_ stretches: [EvidenceSummary.Stretch]) -> [EvidenceSummary.Stretch] {
        let size = (stretches.count + mostBars - 1) / mostBars
        guard size > 1 else { return stretches }
        return stride(from: 0, to: stretches.count, by: size).map { start in
            var merged = stretches[start]
            for other in stretches[(start + 1)..<min(start + size, stretches.count)] {
                merged.until = other.until
                merged.classes.merge(other.classes, uniquingKeysWith: +)
            }
            return merged
        }
    }

    var figure: ChartFigure {
        ChartFigure(
            id: "chart-classes", heading: "Pairs by class", words: words, legend: legend, drawing: drawing,
            numbers: numbers)
    }

    private var words: [String] {
        guard let span = summary.span else { return ["No pair was judged yet."] }
        let judged = summary.pairs - summary.open
        var words = [
            "\(Numbers.count(judged, "pair")) got \(judged == 1 ? "its class" : "their classes") from \(span.words)."
        ]
        let first = summary.stretches.first { $0.classes[.different, default: 0] > 0 }
        words.append(
            first.map { "The first different one was judged by \(Moment($0.until).words)." } ?? "None is different.")
        return words
    }

    private var legend: Markup {
        let items: [Markup] = classes.reversed().map { pairClass in
            """
            <li>\(Swatches.swatch(pairClass)) <span>\(pairClass.rawValue)</span> \
            <span class="number">\(Numbers.count(summary.count(pairClass)))</span></li>

            """
        }
        return "<ul class=\"legend\">\n\(items)</ul>\n"
    }

    private var drawing: Markup? {
        guard let span = summary.span, !classes.isEmpty else { return nil }
        let highest = stretches.map { $0.classes.values.reduce(0, +) }.max() ?? 0
        let chart = Chart(
            id: "chart-classes", heading: "Pairs by class over time", description: description(span), unit: "pairs",
            x: TimeAxis(span), y: LinearAxis(upTo: Double(highest) * 1.05, isWhole: true))
        let isCrowded = stretches.count { $0.classes[.different, default: 0] > 0 } > 12
        return chart.drawing(stretches.compactMap { bar($0, chart, isCrowded: isCrowded) }.joined())
    }

    private func description(_ span: Span) -> String {
        let counts = classes.reversed().map { "\(Numbers.count(summary.count($0))) \($0.rawValue)" }
        return "A bar for each part of the time from \(span.words): \(counts.joined(separator: ", ")) in all."
    }

    private func bar(_ stretch: EvidenceSummary.Stretch, _ chart: Chart, isCrowded: Bool) -> Markup? {
        guard !stretch.classes.isEmpty else { return nil }
        let (start, end) = (chart.x(stretch.from), chart.x(stretch.until))
        // A run of few pairs has few bars, and they need not be walls.
        let width = min(max((end - start) * 0.86, 0.8), 44)
        let x = (start + end - width) / 2
        var below = 0
        var parts: [Markup] = []
        for pairClass in classes {
            let count = stretch.classes[pairClass, default: 0]
            guard count > 0 else { continue }
            let bottom = chart.y(Double(below))
            // One in a thousand must still be seen.
            let full = max(bottom - chart.y(Double(below + count)), pairClass == .different ? 3 : 0.6)
            // A gap tells classes apart where there is room for one.
            let height = full > 4 ? full - 1 : full
            parts.append(
                """
                <rect x="\(x)" y="\(bottom - height)" width="\(width)" height="\(height)" \
                fill="url(#fill-\(pairClass.rawValue))"/>
                """)
            below += count
        }
        let counts = classes.reversed().compactMap { pairClass in
            stretch.classes[pairClass].map { "\(Numbers.count($0)) \(pairClass.rawValue)" }
        }
        let when = "\(Moment(stretch.from).words) to \(Moment(stretch.until).time)"
        let mark = stretch.classes[.different].map { count in
            self.mark(count, x: x + width / 2, y: chart.y(Double(below)) - 5, hasNumber: !isCrowded)
        }
        return "<g class=\"bar\"><title>\(when): \(counts.joined(separator: ", "))</title>\(parts)\(mark)</g>\n"
    }

    /// What points at a bar with different pairs.
    private func mark(_ count: Int, x: Double, y: Double, hasNumber: Bool) -> Markup {
        let number: Markup? =
            hasNumber
            ? "<text class=\"tick middle alarming\" x=\"\(x)\" y=\"\(y - 10)\">\(Numbers.count(count))</text>" : nil
        return "<path class=\"mark\" d=\"M\(x - 5) \(y - 7)h10l-5 7z\"/>\(number)"
    }

    private var numbers: ReportTable {
        var table = ReportTable(
            "Pairs by class over time", texts: ["from", "until"], numbers: classes.reversed().map(\.rawValue))
        table.rows = stretches.map { stretch in
            [Moment(stretch.from).words, Moment(stretch.until).words]
                + classes.reversed().map { Numbers.count(stretch.classes[$0, default: 0]) }
        }
        return table
    }
}

import Evidence
import Foundation

/// How long answers took on both sides: the median of each part of the run.
struct LatencyChart {
    /// Parts without a call that a line goes over.
    private static let shortSilence = 3

    private let summary: EvidenceSummary

    init(_ summary: EvidenceSummary) {
        self.summary = summary
    }

    var figure: ChartFigure {
        ChartFigure(
            id: "chart-latency", heading: "Latency of both sides", words: words,
            legend: summary.timings.isEmpty ? "" : summary.timingTable.markup, drawing: drawing, numbers: numbers)
    }

    private var words: [String] {
        let parts = EvidenceSide.allCases.map { side in
            summary.timings[side].map {
                "\(side) took \(Numbers.duration($0.median)) in the median of \(Numbers.count($0.calls, "call"))"
            } ?? "\(side) is \(summary.untimed(side))"
        }
        if summary.timings.isEmpty {
            return EvidenceSide.allCases.map { "\($0): \(summary.untimed($0))." }
        }
        return [parts.joined(separator: "; ") + "."]
            + (summary.clock == nil ? [] : ["These are times of the run's own clock."])
    }

    private var drawing: Markup? {
        let all = summary.stretches.flatMap { $0.medians.values }
        guard let span = summary.span, let highest = all.max(), let lowest = all.min() else { return nil }
        // Sides that are far apart would leave one of them at the bottom.
        let isWide = lowest > 0 && highest / lowest > 15
        let axis: any Axis =
            isWide
            ? LogarithmicAxis(from: lowest * 1000 / 1.5, to: highest * 1000 * 1.3) { Numbers.milliseconds($0 / 1000) }
            : LinearAxis(upTo: highest * 1000 * 1.1)
        let chart = Chart(
            id: "chart-latency", heading: "Latency of both sides over time", description: description(span),
            unit: isWide ? "median, ms (logarithmic scale)" : "median, ms", x: TimeAxis(span), y: axis)
        let ends = labels(chart)
        return chart.drawing(EvidenceSide.allCases.compactMap { line($0, chart, label: ends[$0]) }.joined())
    }

    private func description(_ span: Span) -> String {
        "A line for each side that was asked from \(span.words): the median time of the calls of each part. "
            + words.joined(separator: " ")
    }

    /// The heights of the lines' names at their ends, apart from each other.
    private func labels(_ chart: Chart) -> [EvidenceSide: Double] {
        var heights: [EvidenceSide: Double] = [:]
        for side in EvidenceSide.allCases {
            let last = summary.stretches.last { $0.medians[side] != nil }?.medians[side]
            if let last { heights[side] = chart.y(last * 1000) }
        }
        if let one = heights[.v1], let other = heights[.v2], abs(one - other) < 26 {
            let middle = min(max((one + other) / 2, Chart.top + 13), Chart.bottom - 13)
            let isFirstAbove = one <= other
            heights[.v1] = middle + (isFirstAbove ? -13 : 13)
            heights[.v2] = middle + (isFirstAbove ? 13 : -13)
        }
        return heights
    }

    private func line(_ side: EvidenceSide, _ chart: Chart, label: Double?) -> Markup? {
        guard let label else { return nil }
        var path: Markup = ""
        var points: Markup = ""
        var last = Chart.left
        // The line goes on over a few parts without a call, and ends where the side rested.
        var silence = Int.max
        for stretch in summary.stretches {
            guard let median = stretch.medians[side] else {
                silence = silence == .max ? .max : silence + 1
                continue
            }
            let middle = stretch.from.addingTimeInterval(stretch.until.timeIntervalSince(stretch.from) / 2)
            let (x, y) = (chart.x(middle), chart.y(median * 1000))
            path += "\(silence <= Self.shortSilence ? "L" : "M" as Markup)\(x) \(y)"
            points +=
                side == .v1
                ? "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"3\"/>"
                : "<rect x=\"\(x - 2.6)\" y=\"\(y - 2.6)\" width=\"5.2\" height=\"5.2\"/>"
            silence = 0
            last = x
        }
        return """
            <g class="line \(side.rawValue)"><path d="\(path)"/>\(points)\
            <text class="tick name" x="\(min(last + 10, Chart.right + 6))" y="\(label)" dy=".35em">\
            \(side.description)</text></g>

            """
    }

    private var numbers: ReportTable {
        guard !summary.timings.isEmpty else { return ReportTable("", texts: []) }
        var table = ReportTable(
            "Median latency over time, in milliseconds", texts: ["from", "until"],
            numbers: EvidenceSide.allCases.map(\.description))
        table.rows = summary.stretches.map { stretch in
            [Moment(stretch.from).words, Moment(stretch.until).words]
                + EvidenceSide.allCases.map { stretch.medians[$0].map(Numbers.milliseconds) ?? "-" }
        }
        return table
    }
}

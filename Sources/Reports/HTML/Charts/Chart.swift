import Foundation

/// The frame of a chart: an area with lines and labels, into which its values are drawn. Lengths are units of a drawing
/// 640 wide, which is scaled to the page; the margins have room for the larger labels of small screens.
struct Chart {
    static let width = 640.0
    static let height = 320.0
    static let left = 86.0
    static let right = 578.0
    static let top = 40.0
    static let bottom = 274.0

    /// Its name among the page's charts.
    var id: String
    var heading: String
    /// What it shows, for those who can't see it.
    var description: String
    /// What its values are: `pairs`, `ms`.
    var unit: String
    var x: TimeAxis
    var y: any Axis

    func x(_ date: Date) -> Double { Self.left + x.place(date) * (Self.right - Self.left) }
    func y(_ value: Double) -> Double { Self.bottom - y.place(value) * (Self.bottom - Self.top) }

    /// The chart with what is drawn in it.
    func drawing(_ content: Markup) -> Markup {
        """
        <svg class="drawing" viewBox="0 0 \(Self.width) \(Self.height)" role="img" \
        aria-labelledby="\(id)-title \(id)-desc">
        <title id="\(id)-title">\(heading)</title>
        <desc id="\(id)-desc">\(description)</desc>
        <text class="unit" x="\(Self.left)" y="22">\(unit)</text>
        \(lines)\(content)
        <line class="base" x1="\(Self.left)" y1="\(Self.bottom)" x2="\(Self.right)" y2="\(Self.bottom)"/>
        \(moments)</svg>
        """
    }

    private var lines: Markup {
        y.ticks.map { tick -> Markup in
            let y = self.y(tick.value)
            return """
                <line class="grid" x1="\(Self.left)" y1="\(y)" x2="\(Self.right)" y2="\(y)"/>\
                <text class="tick end" x="\(Self.left - 10)" y="\(y)" dy=".35em">\(tick.label)</text>

                """
        }.joined()
    }

    /// On small screens there is room for every second label.
    private var moments: Markup {
        x.ticks.enumerated().map { index, tick -> Markup in
            let x = Self.left + self.x.place(tick.value) * (Self.right - Self.left)
            return """
                <line class="base" x1="\(x)" y1="\(Self.bottom)" x2="\(x)" y2="\(Self.bottom + 5)"/>\
                <text class="tick middle\(index % 2 == 1 ? " spare" : "")" x="\(x)" y="\(Self.bottom + 16)" dy=".8em">\
                \(tick.label)</text>

                """
        }.joined()
    }
}

/// A chart with its words and its numbers, as the page shows it.
struct ChartFigure {
    var id: String
    var heading: String
    /// What is to be seen, in a sentence or two.
    var words: [String]
    /// What belongs to the words: a legend, overall values.
    var legend: Markup
    /// nil where there is nothing to draw.
    var drawing: Markup?
    /// What is drawn, as numbers.
    var numbers: ReportTable

    var markup: Markup {
        """
        <article class="chart" id="\(id)" aria-labelledby="\(id)-heading">
        <div class="words">
        <h3 id="\(id)-heading">\(heading)</h3>
        \(words.map { "<p>\(Markup.sentence($0))</p>\n" as Markup })\(legend)</div>
        <div class="figure">
        \(drawing ?? "<p class=\"nothing\">There is nothing to draw yet.</p>")
        \(details)</div>
        </article>

        """
    }

    private var details: Markup? {
        guard !numbers.rows.isEmpty else { return nil }
        return """
            <details class="numbers"><summary>The numbers of this chart</summary>
            \(numbers.markup)</details>

            """
    }
}

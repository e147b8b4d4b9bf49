import Comparison
import Evidence

/// The top of the page: the verdict, and the four numbers that it rests on.
struct HeaderPart {
    private let summary: EvidenceSummary

    init(_ summary: EvidenceSummary) {
        self.summary = summary
    }

    var markup: Markup {
        let words = VerdictWords(summary)
        let missing: [Markup] = summary.missing.map { "<li>\($0)</li>" }
        return """
            <header class="top \(summary.verdict.verdict.rawValue)">
            <p class="eyebrow">nctsbridge: \(summary.runTitle)</p>
            <div class="verdict">
            \(VerdictIcon.markup(summary.verdict.verdict))
            <h1>\(words.title)</h1>
            </div>
            <p class="lead">\(Markup.sentence(words.sentence))</p>
            \(missing.isEmpty ? "" : "<ul class=\"missing\">\(missing)</ul>" as Markup)
            <dl class="figures">
            \(figures)</dl>
            </header>

            """
    }

    private var figures: Markup {
        summary.figures.map { figure -> Markup in
            let alarm: Markup? = figure.isAlarming ? " class=\"alarming\"" : nil
            return """
                <div\(alarm)><dt>\(figure.name)</dt><dd><b>\(figure.value)</b> <span>\(figure.note)</span></dd></div>

                """
        }.joined()
    }
}

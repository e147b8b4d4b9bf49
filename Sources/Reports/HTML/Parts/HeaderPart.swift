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
        let reason = words.reason.prefix(1).uppercased() + words.reason.dropFirst()
        let missing: [Markup] = summary.missing.map { "<li>\($0)</li>" }
        return """
            <header class="top \(summary.verdict.verdict.rawValue)">
            <p class="eyebrow">nctsbridge: \(summary.runTitle)</p>
            <div class="verdict">
            \(icon)
            <h1>\(words.title)</h1>
            </div>
            <p class="lead">\(Markup.sentence(String(reason)))</p>
            \(missing.isEmpty ? "" : "<ul class=\"missing\">\(missing)</ul>" as Markup)
            <dl class="figures">
            \(figures)</dl>
            </header>

            """
    }

    private static let different = "Pairs different"

    private var figures: Markup {
        let verdict = summary.verdict
        let limit = verdict.rules.maximumRate
        let figures = [
            ("Pairs judged", Numbers.count(summary.judged), "of \(Numbers.count(summary.pairs))"),
            (
                "Guarantees compared", Numbers.count(verdict.judgedGuarantees),
                verdict.population.map { "of \(Numbers.count($0))" } ?? "each counted once"
            ),
            (
                Self.different, Numbers.count(verdict.different),
                "\(Numbers.count(verdict.rules.allowedDifferent)) allowed"
            ),
            ("Bound", Numbers.bound(verdict.bound, against: limit), "\(Numbers.percent(limit)) allowed"),
        ]
        return figures.map { name, value, note -> Markup in
            let alarm: Markup? = name == Self.different && verdict.different > 0 ? " class=\"alarming\"" : nil
            return "<div\(alarm)><dt>\(name)</dt><dd><b>\(value)</b> <span>\(note)</span></dd></div>\n"
        }.joined()
    }

    /// A sign that is told apart by its shape: the heading beside it says the same in words.
    private var icon: Markup {
        let sign: Markup =
            switch summary.verdict.verdict {
            case .ready: "<path d=\"M14 24.5l7 7 13-14\"/>"
            case .notReady: "<path d=\"M16 16l16 16M32 16L16 32\"/>"
            case .notEnoughEvidence: "<path d=\"M24 13v13\"/><circle cx=\"24\" cy=\"34\" r=\"1.4\"/>"
            }
        let frame: Markup =
            switch summary.verdict.verdict {
            case .ready: "<circle cx=\"24\" cy=\"24\" r=\"21\"/>"
            case .notReady: "<path d=\"M15.5 3h17L45 15.5v17L32.5 45h-17L3 32.5v-17z\"/>"
            case .notEnoughEvidence: "<path d=\"M24 3L46 43H2z\"/>"
            }
        return
            "<svg class=\"icon\" viewBox=\"0 0 48 48\" aria-hidden=\"true\" focusable=\"false\">\(frame)\(sign)</svg>"
    }
}

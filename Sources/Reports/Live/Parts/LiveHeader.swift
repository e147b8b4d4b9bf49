import Comparison
import Evidence

/// The top of the live page: what the gateway is, whether the page is live, and a mirror's verdict so far.
struct LiveHeader {
    private let state: LiveState
    private let words: LiveWords
    private let name: String

    init(_ state: LiveState, _ words: LiveWords, name: String) {
        self.state = state
        self.words = words
        self.name = name
    }

    var markup: Markup {
        """
        <header class="top \(words.verdict?.rawValue ?? "gateway")">
        <div class="strip">
        <p class="eyebrow"><bdi>\(name)</bdi>, \(state.mode.rawValue), up for \(words.text("up")), \
        <span class="since">since \(Moment(state.startedAt).words) UTC</span></p>
        \(controls)</div>
        \(words.verdict == nil ? gateway : mirror)</header>

        """
    }

    /// Without a script the page says of when it is, and can be loaded anew.
    private var controls: Markup {
        """
        <div class="controls">
        <p id="connection" class="connection" data-state="still" role="status">This page does not update itself: \
        scripts are off.</p>
        <p class="as-of">As of \(words.text("now"))</p>
        <p class="actions"><button type="button" id="pause" hidden>Pause updates</button>
        <a href="">Reload</a></p>
        <p id="announcement" class="hidden" role="status"></p>
        </div>

        """
    }

    private var gateway: Markup {
        """
        <h1>Gateway</h1>
        <p class="lead">Programs that speak v1.0 are answered by v2.0.</p>

        """
    }

    private var mirror: Markup {
        let figures: [Markup] = EvidenceSummary.noFigures.map(\.name).enumerated().map { index, name in
            words.figure(
                name, "figure-\(index)-value", note: words.text("figure-\(index)-note"), alarm: "figure-\(index)")
        }
        return """
            <div class="columns">
            <div>
            <div class="verdict">
            \(Verdict.allCases.map(VerdictIcon.markup))
            <h1>\(words.text("verdict")) <span class="so-far">so far</span></h1>
            </div>
            <p class="lead" data-text="lead">\(words["lead"])</p>
            \(words.list("missing"))<p class="note">Programs are answered by v1.0. v2.0 is asked the same, and the answers \
            are compared.</p>
            </div>
            <dl class="figures">
            \(figures)</dl>
            </div>

            """
    }
}

/// The live page of a gateway: one document that asks nothing of anyone but the gateway, and tells without scripts how
/// things stood when it was made.
package enum LivePage {
    /// Where the page's script asks for states: `text/event-stream`, each `data:` a state's `json()`. The first comes at
    /// once, the next ones a second or so after one another, and never later than 10 seconds: after 20 seconds of
    /// silence the script asks anew.
    package static let events = "/_bridge/events"

    /// The `Content-Security-Policy` to serve the page with: no style and no script but the page's own, nothing from
    /// elsewhere, and no text ever read as markup.
    package static let policy = """
        default-src 'none'; connect-src 'self'; img-src data:; style-src '\(LiveStyle.digest)'; \
        script-src '\(LiveScript.digest)'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
        require-trusted-types-for 'script'; trusted-types 'none'
        """

    /// The page in UTF-8, to be served as `text/html; charset=utf-8` with `policy`, and never from a cache.
    ///
    /// - Parameters:
    ///   - state: what it shows first.
    ///   - name: what the gateway is called, to be told from others.
    package static func html(_ state: LiveState, name: String = "nctsbridge") -> [UInt8] {
        Array(document(state, name: name).text.utf8)
    }

    private static func document(_ state: LiveState, name: String) -> Markup {
        let words = LiveWords(state)
        let patterns: Markup? = state.mode == .mirror ? Swatches.definitions : nil
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta name="robots" content="noindex">
            <title>\(words.title) - \(name)</title>
            <link rel="icon" href="data:,">
            <style>\(LiveStyle.source)</style>
            </head>
            <body data-version="\(state.version)" data-mode="\(state.mode.rawValue)" data-name="\(name)" \
            data-now="\(Moment(state.now).iso8601)">
            <a class="skip" href="#main">To the content</a>
            \(patterns)\(LiveHeader(state, words, name: name).markup)<main id="main">
            \(parts(state, words))</main>
            <footer>
            <p>Served by the gateway itself, nctsbridge \(state.version). Times are UTC. Access codes stand nowhere on \
            this page.</p>
            </footer>
            <script>\(LiveScript.source)</script>
            </body>
            </html>

            """
    }

    private static func parts(_ state: LiveState, _ words: LiveWords) -> Markup {
        let always = notices(words) + LiveTraffic(words).markup
        let latency = LiveLatency(state, words).markup
        guard state.mode == .mirror else { return always + latency }
        return """
            \(always)<div class="columns">
            <div>
            \(LiveClasses(words).markup)\(LiveQueue(words).markup)</div>
            \(latency)</div>
            \(LiveDifferences(words).markup)
            """
    }

    private static func notices(_ words: LiveWords) -> Markup {
        let items = words.lists["notices"] ?? []
        return """
            <section id="notices" aria-labelledby="notices-heading"\(items.isEmpty ? " hidden" : "" as Markup)>
            <h2 id="notices-heading">Notices</h2>
            \(words.list("notices"))</section>

            """
    }
}

/// How long both sides take.
struct LiveLatency {
    private let state: LiveState
    private let words: LiveWords

    init(_ state: LiveState, _ words: LiveWords) {
        self.state = state
        self.words = words
    }

    var markup: Markup {
        """
        <section id="latency" aria-labelledby="latency-heading">
        <h2 id="latency-heading">Latency</h2>
        <div class="sides">
        \(state.sides.enumerated().map { side($1, index: $0) })\
        <article class="side" aria-labelledby="overhead-name">
        <h3 id="overhead-name">This gateway</h3>
        <p class="address">what it adds to a request</p>
        <dl class="measures">
        \(words.measure("median", "overhead-median"))\(words.measure("p99", "overhead-p99"))\
        </dl>
        </article>
        </div>
        </section>

        """
    }

    private func side(_ side: LiveState.Side, index: Int) -> Markup {
        """
        <article class="side" aria-labelledby="side-\(index)-name">
        <h3 id="side-\(index)-name"><bdi>\(side.name)</bdi></h3>
        <p class="address"><bdi>\(side.address)</bdi></p>
        <dl class="measures">
        \(words.measure("median", "side-\(index)-median"))\(words.measure("p99", "side-\(index)-p99"))\
        \(words.measure("calls", "side-\(index)-calls"))\(words.measure("failures", "side-\(index)-failures"))\
        </dl>
        \(LiveHistory.figure("side-\(index)", heading: "Median"))</article>

        """
    }
}

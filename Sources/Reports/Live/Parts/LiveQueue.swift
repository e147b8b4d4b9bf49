/// What waits to be mirrored.
struct LiveQueue {
    private let words: LiveWords

    init(_ words: LiveWords) { self.words = words }

    var markup: Markup {
        """
        <section id="queue" aria-labelledby="queue-heading">
        <h2 id="queue-heading">Mirror queue</h2>
        \(words.bar("queue"))\
        <dl class="figures">
        \(words.figure("Waiting", "queue-depth", note: words.text("queue-limit"), alarm: "queue"))\
        \(words.figure("Oldest", "queue-oldest", note: "<span>of waiting</span>"))\
        \(words.figure("Not mirrored", "queue-skipped", note: "<span>the queue was full</span>", alarm: "skipped"))\
        </dl>
        </section>

        """
    }
}

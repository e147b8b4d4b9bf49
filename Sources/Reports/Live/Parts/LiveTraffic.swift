/// How many requests come, and how they are answered.
struct LiveTraffic {
    private let words: LiveWords

    init(_ words: LiveWords) { self.words = words }

    var markup: Markup {
        """
        <section id="traffic" aria-labelledby="traffic-heading">
        <h2 id="traffic-heading">Requests</h2>
        <div class="columns">
        <div>
        <dl class="figures">
        \(words.figure("Answered", "requests", note: words.text("rate")))\
        \(words.figure("In flight", "in-flight", note: words.text("connections")))\
        \(words.figure("Pending", "pending", note: "<span>to be asked for later</span>"))\
        \(words.figure("Refused", "refused", note: "<span>503: our own limits</span>"))\
        </dl>
        \(LiveHistory.figure("rate", heading: "Requests a second"))</div>
        <div>
        \(statuses)</div>
        </div>
        </section>

        """
    }

    private var statuses: Markup {
        words.table(
            "statuses", caption: "Answers by status", empty: "None yet.",
            head: """
                <th role="columnheader" scope="col">status</th><th role="columnheader" scope="col" class="wide"><span class="hidden">name</span></th>\
                <th role="columnheader" scope="col" class="number">answers</th><th role="columnheader" scope="col" class="number">share</th>
                """
        ) { row in
            """
            <th role="rowheader" scope="row">\(LiveWords.cell("status", row))</th><td role="cell">\(LiveWords.cell("name", row))</td>\
            <td role="cell" class="number">\(LiveWords.cell("count", row))</td><td role="cell" class="number">\(LiveWords.cell("share", row))</td>
            """
        }
    }
}

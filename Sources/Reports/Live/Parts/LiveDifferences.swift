import Comparison

/// The last pairs whose answers are not the same.
struct LiveDifferences {
    private let words: LiveWords

    init(_ words: LiveWords) { self.words = words }

    var markup: Markup {
        """
        <section id="differences" aria-labelledby="differences-heading">
        <h2 id="differences-heading">Last differences</h2>
        \(table)</section>

        """
    }

    private var table: Markup {
        words.table(
            "differences", caption: "Last differences", empty: "None so far.", isCaptioned: false,
            head: """
                <th role="columnheader" scope="col" class="number">pair</th><th role="columnheader" scope="col">when</th><th role="columnheader" scope="col">guarantee</th>\
                <th role="columnheader" scope="col">class</th><th role="columnheader" scope="col" class="wide">what differs</th>
                """
        ) { row in
            let at: Markup? = row?.at.map { " datetime=\"\(Moment($0).iso8601)\"" }
            return """
                <th role="rowheader" scope="row" class="number">\(LiveWords.cell("pair", row))</th>\
                <td role="cell" class="when"><time\(at)><span data-cell="age">\(row?.cells["age"] ?? "")</span> \
                <span class="note" data-cell="time">\(row?.cells["time"] ?? "")</span></time></td>\
                <td role="cell" class="guarantee"><bdi class="grn" data-cell="grn">\(row?.cells["grn"] ?? "")</bdi></td>\
                <td role="cell" class="class">\(Swatches.swatch(row?.pairClass)) \(LiveWords.cell("class", row))</td>\
                <td role="cell" class="what"><bdi data-cell="what">\(row?.cells["what"] ?? "")</bdi></td>
                """
        }
    }
}

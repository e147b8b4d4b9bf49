import Comparison
import Evidence

/// How many pairs are of each class, with what the class means, and the way to its pairs.
struct ClassPart {
    private let summary: EvidenceSummary

    init(_ summary: EvidenceSummary) {
        self.summary = summary
    }

    var markup: Markup {
        """
        <div class="scroll" role="region" tabindex="0" aria-label="Pairs by class">\
        <table class="plain classes" role="table">
        <caption>Pairs by class</caption>
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">class</th>\
        <th role="columnheader" scope="col" class="number">pairs</th>\
        <th role="columnheader" scope="col" class="number">share</th>\
        <th role="columnheader" scope="col" class="wide">meaning</th></tr></thead>
        <tbody role="rowgroup">
        \((PairClass.allCases as [PairClass?] + [nil]).map(row))</tbody>
        <tfoot role="rowgroup"><tr role="row"><th role="rowheader" scope="row">all</th>\
        <td role="cell" class="number">\(Numbers.count(summary.pairs))</td><td role="cell"></td>\
        <td role="cell"></td></tr></tfoot></table></div>

        """
    }

    private func row(_ pairClass: PairClass?) -> Markup {
        let count = summary.count(pairClass)
        // Without a script the link leads to the first pair of the class.
        let name: Markup =
            count > 0 ? "<a href=\"#class=\(pairClass.name)\">\(pairClass.name)</a>" : "\(pairClass.name)"
        let none: Markup? = count == 0 ? " class=\"none\"" : nil
        let counts = pairClass?.isJudged == true ? "counts for the verdict" : "does not count"
        return """
            <tr role="row"\(none)><th role="rowheader" scope="row">\(Swatches.swatch(pairClass)) \(name)</th>\
            <td role="cell" class="number">\(Numbers.count(count))</td>\
            <td role="cell" class="number">\(Numbers.share(count, of: summary.pairs))</td>\
            <td role="cell">\(pairClass.words) <span class="note">\(counts)</span></td></tr>

            """
    }
}

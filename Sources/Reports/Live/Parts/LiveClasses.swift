import Comparison

/// How many pairs are of each class.
struct LiveClasses {
    private let words: LiveWords

    init(_ words: LiveWords) { self.words = words }

    var markup: Markup {
        """
        <section id="classes" aria-labelledby="classes-heading">
        <h2 id="classes-heading">Pairs by class</h2>
        \(words.bar("classes", isFilledByClass: true))\
        <div class="scroll" role="region" tabindex="0" aria-label="Pairs by class">\
        <table class="plain classes" role="table" aria-label="Pairs by class">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">class</th>\
        <th role="columnheader" scope="col" class="number">pairs</th>\
        <th role="columnheader" scope="col" class="number">share</th>\
        <th role="columnheader" scope="col" class="wide">meaning</th></tr></thead>
        <tbody role="rowgroup">
        \(LiveWords.classes.map(row))</tbody>
        <tfoot role="rowgroup"><tr role="row"><th role="rowheader" scope="row">all</th>\
        <td role="cell" class="number">\(words.text("class-all-count"))</td><td role="cell"></td>\
        <td role="cell"></td></tr></tfoot></table></div>
        </section>

        """
    }

    private func row(_ pairClass: PairClass?) -> Markup {
        let name = pairClass.name
        let isNone = words["class-\(name)-count"] == "0"
        return """
            <tr role="row" data-segment="\(name)"\(isNone ? " class=\"none\"" : "" as Markup)>\
            <th role="rowheader" scope="row">\(Swatches.swatch(pairClass)) \(name)</th>\
            <td role="cell" class="number">\(words.text("class-\(name)-count"))</td>\
            <td role="cell" class="number">\(words.text("class-\(name)-share"))</td>\
            <td role="cell">\(pairClass.words)</td></tr>

            """
    }
}

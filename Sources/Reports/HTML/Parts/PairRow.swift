import Comparison
import Evidence
import Foundation

/// One pair in the list: its line, and behind it both answers side by side.
struct PairRow {
    /// Bytes of a body that are shown.
    private static let bodyLimit = 2_048

    private let words: PairWords
    private let isFirst: Bool

    /// - Parameter isFirst: whether it is the first of its class, to which links without a script lead.
    init(_ pair: EvidencePair, isFirst: Bool) {
        words = PairWords(pair)
        self.isFirst = isFirst
    }

    var markup: Markup {
        let id: Markup = isFirst ? " id=\"class=\(words.pairClass.name)\"" : ""
        let label: Markup? = words.label.map { " <bdi class=\"label\">\($0)</bdi>" }
        return """
            <tbody class="pair" role="rowgroup" data-class="\(words.pairClass.name)"\(id)>
            <tr role="row"><th role="rowheader" scope="row" data-name="#">\(words.number)</th>\
            <td role="cell" data-name="guarantee"><bdi class="grn">\(words.grn)</bdi>\(label)</td>\
            <td role="cell" data-name="class" class="class">\(Swatches.swatch(words.pairClass)) \
            \(words.pairClass.name)</td>\
            <td role="cell" data-name="v1.0">\(answer(words.v1))\(again)</td>\
            <td role="cell" data-name="v2.0">\(answer(words.v2))</td>\
            <td role="cell" data-name="why">\(words.explanation)</td></tr>
            <tr role="row" class="behind"><td role="cell" colspan="6"><details><summary>Both answers\
            <span class="hidden"> of pair \(words.number)</span></summary>
            \(sides)</details></td></tr>
            </tbody>

            """
    }

    private func answer(_ side: SideWords) -> Markup { "<bdi class=\"answer\">\(shortened(side.answer))</bdi>" }

    private var again: Markup? {
        words.sides.dropFirst(2).first.map { " <span class=\"again\">again: \(answer($0))</span>" }
    }

    private func shortened(_ text: String) -> String { VisibleText.shortened(text, to: 500) }

    // MARK: - Both answers

    private var sides: Markup {
        let names: [Markup] = words.sides.map { "<th role=\"columnheader\" scope=\"col\">\($0.name)</th>" }
        let rows: [Markup] = [
            row("answer") { "<bdi>\(shortened($0.answer))</bdi>" },
            row("status") { "\($0.status)" },
            row("at") { side in side.at.map { "\(Moment($0).words)" } },
            row("took") { side in side.took.map { "\(Numbers.duration($0))" } },
            row("from") { side in side.origin.map { "<bdi>\(shortened($0))</bdi>" } },
        ].compactMap(\.self)
        let expected: Markup? = words.expected.map { "<p class=\"expected\"><b>Expected:</b> \($0)</p>\n" }
        let rule: Markup? = words.rule.map { "<p class=\"expected\"><b>Rule:</b> \($0)</p>\n" }
        let because: Markup? = words.why.map { "<p class=\"expected\"><b>Because:</b> \($0)</p>\n" }
        let bodies: Markup? = row("body", body)
        return """
            \(expected)\(rule)\(because)\
            <table class="sides" role="table" aria-label="Both answers of pair \(words.number)">
            <thead role="rowgroup"><tr role="row"><td role="cell"></td>\(names)</tr></thead>
            <tbody role="rowgroup">
            \(rows)\(differences)\(bodies)</tbody></table>

            """
    }

    /// A row with a cell for each side; nil where no side has anything to say.
    private func row(_ name: String, _ value: (SideWords) -> Markup?) -> Markup? {
        let values = words.sides.map(value)
        guard values.contains(where: { $0 != nil }) else { return nil }
        let cells: [Markup] = zip(words.sides, values).map { side, value in
            "<td role=\"cell\" data-name=\"\(side.name)\">\(value ?? "-")</td>"
        }
        return "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">\(name)</th>\(cells)</tr>\n"
    }

    private var differences: Markup {
        words.differences.map { difference -> Markup in
            let rest: Markup? = words.sides.count > 2 ? "<td role=\"cell\"></td>" : nil
            return """
                <tr role="row" class="differs"><th role="rowheader" scope="row"><span aria-hidden="true">≠</span> \
                <span class="hidden">differs: </span>\(difference.name)</th>\
                <td role="cell" data-name="v1.0"><bdi>\(difference.v1)</bdi></td>\
                <td role="cell" data-name="v2.0"><bdi>\(difference.v2)</bdi></td>\(rest)</tr>

                """
        }.joined()
    }

    private func body(_ side: SideWords) -> Markup? {
        guard let body = side.body, !body.isEmpty else { return nil }
        // What a cut leaves of a character is no character.
        let start = String(decoding: body.prefix(Self.bodyLimit), as: UTF8.self)
        let size = "\(Numbers.count(Self.bodyLimit)) of \(Numbers.count(body.count)) bytes"
        let cut: Markup? = body.count > Self.bodyLimit ? " <span class=\"note\">… the first \(size)</span>" : nil
        return "<pre dir=\"ltr\">\(start, lines: true)</pre>\(cut)"
    }
}

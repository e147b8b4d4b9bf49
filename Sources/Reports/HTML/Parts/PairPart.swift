import Comparison
import Evidence

/// The list of pairs, with what finds one among them. Without a script all of it is shown.
struct PairPart {
    /// The most pairs that are listed.
    struct Limits {
        var same = 1_000
        var others = 5_000
    }

    private let summary: EvidenceSummary
    private let evidence: SQLiteEvidence
    private let limits: Limits

    init(_ report: EvidenceReport, _ limits: Limits) {
        self.limits = limits
        summary = report.summary
        evidence = report.evidence
    }

    func write(to output: inout ReportOutput) throws {
        guard summary.pairs > 0 else {
            let why = summary.run.noPairs
            return try output.write("<p>\(why.prefix(1).uppercased() + why.dropFirst()).</p>\n" as Markup)
        }
        let listed = listed()
        try output.write(start(listed))
        for (pairClass, count) in listed where count > 0 { try write(pairClass, count, to: &output) }
        try output.write("</table></div>\n" as Markup)
    }

    /// How many pairs of each class are listed, in their order.
    private func listed() -> [(pairClass: PairClass?, count: Int)] {
        var room = limits.others
        return Optional<PairClass>.byWeight.map { pairClass in
            let count = summary.count(pairClass)
            guard pairClass != .same else { return (pairClass, min(count, limits.same)) }
            let part = min(count, room)
            room -= part
            return (pairClass, part)
        }
    }

    private func write(_ pairClass: PairClass?, _ count: Int, to output: inout ReportOutput) throws {
        var left = count
        try evidence.forEachPair(of: pairClass.map { [$0] }, limit: pairClass == nil ? nil : count) { pair in
            guard left > 0, pair.judgement?.pairClass == pairClass else { return }
            try output.write(PairRow(pair, isFirst: left == count).markup)
            left -= 1
        }
    }

    // MARK: - Above the list

    private func start(_ listed: [(pairClass: PairClass?, count: Int)]) -> Markup {
        let sum = listed.reduce(0) { $0 + $1.count }
        let columns = ["#", "guarantee", "class", "v1.0", "v2.0", "why"].map {
            "<th role=\"columnheader\" scope=\"col\">\($0)</th>" as Markup
        }
        return """
            <p>\(scope(listed, sum))</p>
            \(filter)<p id="shown" class="shown" role="status">\(Numbers.count(sum, "pair")) listed.</p>
            <div class="pairs"><table role="table" aria-label="Pairs">
            <thead role="rowgroup"><tr role="row">\(columns)</tr></thead>

            """
    }

    private func scope(_ listed: [(pairClass: PairClass?, count: Int)], _ sum: Int) -> String {
        let order = "Those that need a look come first."
        guard sum < summary.pairs else {
            return sum == 1
                ? "The one pair\(summary.run.ofTheList)."
                : "All \(Numbers.count(sum)) pairs\(summary.run.ofTheList). \(order)"
        }
        let left = listed.filter { $0.count < summary.count($0.pairClass) }.map {
            "\(Numbers.count(summary.count($0.pairClass) - $0.count)) \($0.pairClass.name)"
        }
        return "\(Numbers.count(sum)) of \(Numbers.count(summary.pairs)) pairs. \(order) Left out are "
            + "\(left.joined(separator: ", ")): a page holds \(Numbers.count(limits.same)) same pairs at most, and "
            + "\(Numbers.count(limits.others)) others. The JSON form of this report (nctsbridge report STORE "
            + "--format json) holds them all."
    }

    private var filter: Markup {
        let choices: [Markup] = Optional<PairClass>.byWeight.filter { summary.count($0) > 0 }.map { pairClass in
            """
            <label><input type="radio" name="class" value="\(pairClass.name)"><span>\(Swatches.swatch(pairClass)) \
            \(pairClass.name) <span class="number">\(Numbers.count(summary.count(pairClass)))</span></span></label>

            """
        }
        return """
            <form id="filter" class="filter" hidden>
            <fieldset><legend>Show pairs of the class</legend>
            <label><input type="radio" name="class" value="" checked><span>all \
            <span class="number">\(Numbers.count(summary.pairs))</span></span></label>
            \(choices)</fieldset>
            <label class="search" for="text">With this in the GRN or the label \
            <input type="search" id="text" autocomplete="off" spellcheck="false"></label>
            </form>

            """
    }
}

import Comparison
import Evidence

extension EvidenceSummary {
    /// `Dual run of 25 Nov 2026`, `Mirror of 25 Nov 2026`
    var runTitle: String { "\(run.isMirror ? "Mirror" : "Dual run") of \(Moment(run.startedAt).longDay)" }

    /// From the run's beginning to its last judgement; nil while there is none.
    var span: Span? { stretches.last.map { Span(from: run.startedAt, until: $0.until) } }

    /// The run's settings by name.
    var facts: [(name: String, value: String)] {
        var facts = EvidenceSide.allCases.map { side in
            (side.description, "\(run.hasBeen(side)): \(run.describes(side))")
        }
        facts.append(("Time", span?.words ?? "from \(Moment(run.startedAt).words) UTC; nothing was judged yet"))
        if let clock { facts.append(("Clock", clock)) }
        facts.append(("Pairs", pairsInWords))
        facts.append(("Amounts are comparable", "within \(Numbers.duration(run.comparableWithin))"))
        facts.append(
            (
                "Tax identifiers",
                run.keepsIdentifiers ? "kept in the store as they are" : "kept in the store as pseudonyms"
            ))
        facts.append(("Made by", "nctsbridge \(run.toolVersion)"))
        if !run.mappings.isEmpty {
            // Most files are of one revision; which is of which stands in the JSON.
            let revisions = Dictionary(grouping: run.mappings.values, by: \.self).sorted { $0.key < $1.key }
            let files = revisions.map { "\(Numbers.count($0.value.count)) of revision \($0.key)" }
            facts.append(("Mapping files", files.joined(separator: ", ")))
        }
        return facts
    }

    private var pairsInWords: String {
        Numbers.count(pairs) + (purged > 0 ? ", \(Numbers.count(purged)) of them purged of personal data" : "")
    }

    /// That the run's clock is none of real time; nil where it is.
    var clock: String? {
        guard run.timeScale != 1 else { return nil }
        let factor = Numbers.decimal(run.timeScale, digits: 3)
        return "all times are by the run's own clock, which ran \(factor) times as fast as a real one"
    }

    /// Why there are no times of a side.
    func untimed(_ side: EvidenceSide) -> String {
        run.isLive(side) ? "nothing was answered yet" : "recorded: nothing was asked"
    }
}

extension EvidenceRun {
    /// What was done with a side.
    fileprivate func hasBeen(_ side: EvidenceSide) -> String {
        guard isLive(side) else { return "recorded" }
        return !isMirror ? "asked" : side == .v1 ? "asked by its clients" : "asked the same later"
    }

    /// Where its pairs come from, to stand behind a word for all of them: nothing, where clients asked.
    var ofTheList: String { isMirror ? "" : " of the question list" }

    /// Why there is no pair.
    var noPairs: String { isMirror ? "no client has asked anything yet" : "the question list is empty" }
}

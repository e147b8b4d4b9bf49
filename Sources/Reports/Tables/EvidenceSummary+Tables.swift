import Comparison
import Evidence

extension EvidenceSummary {
    /// The most rows of a table that may have any number of them.
    private static let longest = 50

    /// How many pairs are of each class; zeros too.
    var classTable: ReportTable {
        var table = ReportTable("Pairs by class", texts: ["class"], numbers: ["pairs", "share"])
        table.columns.append(ReportTable.Column(title: "counts"))
        table.columns.append(ReportTable.Column(title: "meaning"))
        for pairClass in PairClass.allCases as [PairClass?] + [nil] {
            table.rows.append([
                pairClass.name, Numbers.count(count(pairClass)), Numbers.share(count(pairClass), of: pairs),
                pairClass?.isJudged == true ? "yes" : "no", pairClass.words,
            ])
        }
        table.rows.append(["all", Numbers.count(pairs), Numbers.share(pairs, of: pairs), "", ""])
        return table
    }

    /// The same, in short.
    var briefTable: ReportTable {
        ReportTable(
            "", texts: [], numbers: ["pairs"],
            rows: occurring.map { [Numbers.count(count($0)), $0.name, $0.words] }
        ).adding("class", "")
    }

    var strataTable: ReportTable {
        table("Countries and guarantee types\(run.ofTheList)", "stratum", strata)
    }

    var kindTable: ReportTable {
        table("What was answered, by v1.0, else by v2.0", "answer", kinds)
    }

    private func table(_ caption: String, _ name: String, _ counts: [StratumCount]) -> ReportTable {
        let classes = occurring
        var table = ReportTable(caption, texts: [name], numbers: ["pairs", "judged"] + classes.map(\.name))
        table.rows = counts.prefix(Self.longest).map { stratum in
            [stratum.name, Numbers.count(stratum.total), Numbers.count(stratum.judged)]
                + classes.map { pairClass in
                    Numbers.count(pairClass.map { stratum.classes[$0, default: 0] } ?? stratum.open)
                }
        }
        table.left = max(0, counts.count - Self.longest)
        return table
    }

    var ruleTable: ReportTable {
        var table = ReportTable("Rules that explain differences", texts: [], numbers: ["pairs"]).adding("rule", "why")
        table.rows = rules.prefix(Self.longest).map { [Numbers.count($0.count), $0.name, $0.why ?? ""] }
        table.left = max(0, rules.count - Self.longest)
        return table
    }

    var inconclusiveTable: ReportTable {
        var table = ReportTable("Why pairs are inconclusive", texts: [], numbers: ["pairs"]).adding("why")
        table.rows = inconclusive.prefix(Self.longest).map { [Numbers.count($0.count), $0.why] }
        table.left = max(0, inconclusive.count - Self.longest)
        return table
    }

    var timingTable: ReportTable {
        var table = ReportTable(
            "How long answers took, in milliseconds", texts: ["side"], numbers: ["calls", "median", "p95", "p99"])
        for side in EvidenceSide.allCases {
            if let timing = timings[side] {
                table.rows.append(
                    [side.description, Numbers.count(timing.calls)]
                        + [timing.median, timing.p95, timing.p99].map(Numbers.milliseconds))
            } else {
                table.rows.append(["\(side) (\(untimed(side)))", "0", "-", "-", "-"])
            }
        }
        return table
    }

    var recordingTable: ReportTable {
        var table = ReportTable(
            "What became of recorded answers", texts: ["side"],
            numbers: ["found", "paired", "superseded", "not asked", "unknown", "unreadable", "foreign"])
        for side in EvidenceSide.allCases {
            guard let counts = recordings[side] else { continue }
            table.rows.append(
                [side.description]
                    + [
                        counts.total, counts.paired, counts.superseded, counts.unasked, counts.unknown,
                        counts.unreadable,
                        counts.foreign,
                    ].map(Numbers.count))
        }
        return table
    }

    var noteTable: ReportTable {
        ReportTable(
            "What happened, and was decided", texts: ["at", "what"], rows: notes.map { [Moment($0.at).words, $0.text] })
    }

    /// What the columns of the table of recordings mean.
    static let recordingWords =
        "Superseded: a later answer about the same question took its place. Not asked: no question is about its "
        + "guarantee, or there are more answers than questions. Unknown: nothing says which guarantee it is about. "
        + "Unreadable: it is no message. Foreign: it is a message of something else."
}

extension ReportTable {
    fileprivate func adding(_ titles: String...) -> ReportTable {
        var table = self
        table.columns += titles.map { Column(title: $0) }
        return table
    }
}

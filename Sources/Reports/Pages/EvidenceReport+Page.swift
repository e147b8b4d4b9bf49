import Comparison
import Evidence

extension EvidenceReport {
    /// The most pairs of one class that a page lists.
    private static let longest = 50

    /// Writes all that a page tells.
    func write(_ page: some Page, to output: inout ReportOutput) throws {
        var page = page
        page.title(summary.runTitle)
        page.verdict(VerdictWords(summary))
        for sentence in summary.missing { page.item(sentence) }
        page.facts(summary.facts)
        page.heading("Pairs by class")
        page.table(summary.classTable)
        page.heading("How the verdict came about")
        for sentence in summary.arithmetic { page.item(sentence) }
        if !summary.strata.isEmpty { page.section(summary.strataTable) }
        if !summary.kinds.isEmpty { page.section(summary.kindTable) }
        try output.write(page.taken())
        for pairClass in [PairClass.different, .explained, .drifted, .stale, .inconclusive] {
            try write(pairClass, page: &page, to: &output)
        }
        page.section(summary.timingTable)
        if !summary.recordings.isEmpty {
            page.section(summary.recordingTable)
            page.paragraph(EvidenceSummary.recordingWords)
        }
        if !summary.notes.isEmpty { page.section(summary.noteTable) }
        try output.write(page.taken())
    }

    private func write(_ pairClass: PairClass, page: inout some Page, to output: inout ReportOutput) throws {
        let count = summary.count(pairClass)
        guard count > 0 else { return }
        page.heading("\(pairClass.heading): \(pairClass.words) (\(Numbers.count(count)))")
        switch pairClass {
        case .explained: page.table(summary.ruleTable)
        case .inconclusive: page.table(summary.inconclusiveTable)
        default: break
        }
        page.beginPairs()
        try output.write(page.taken())
        try evidence.forEachPair(of: [pairClass], limit: Self.longest) { pair in
            page.pair(PairWords(pair))
            try output.write(page.taken())
        }
        page.endPairs()
        if count > Self.longest {
            page.paragraph(
                "\(Numbers.count(count - Self.longest)) more are \(pairClass.rawValue): nctsbridge report STORE "
                    + "--format json lists them all.")
        }
    }
}

extension Page {
    fileprivate mutating func section(_ table: ReportTable) {
        heading(table.caption)
        self.table(table)
    }
}

package import Comparison
package import Evidence

/// A run, told to its readers. The same for the same store, whenever it is made.
package struct EvidenceReport: Sendable {
    package let summary: EvidenceSummary
    let evidence: SQLiteEvidence

    /// - Throws: `mismatch` where the store holds no run.
    package init(_ evidence: SQLiteEvidence) async throws(EvidenceError) {
        self.evidence = evidence
        summary = try await evidence.summary()
    }

    package var verdict: Verdict { summary.verdict.verdict }

    /// Writes the report in UTF-8, part by part: no more than one pair is held at once, for there may be 100,000.
    ///
    /// - Throws: what `sink` throws, and what is wrong with the store.
    package func write(_ format: ReportFormat, to sink: (ArraySlice<UInt8>) throws -> Void) throws {
        try withoutActuallyEscaping(sink) { sink in
            var output = ReportOutput(sink)
            switch format {
            case .text: try write(TextPage(), to: &output)
            case .markdown: try write(MarkdownPage(), to: &output)
            case .json: try JSONReport(self).write(to: &output)
            case .junit: try JUnitReport(self).write(to: &output)
            case .html: try HTMLReport(self).write(to: &output)
            }
            try output.flush()
        }
    }

    /// A short text for the end of a run: the verdict, how many pairs are of each class, what is missing. It ends with
    /// a line break.
    package func brief() -> String {
        var page = TextPage()
        page.verdict(VerdictWords(summary))
        if summary.pairs > 0 { page.table(summary.briefTable) }
        for sentence in summary.missing { page.item(sentence) }
        return page.taken()
    }
}

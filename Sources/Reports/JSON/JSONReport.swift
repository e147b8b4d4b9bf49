import Comparison
import Evidence

/// A report for programs: one JSON object, described by `docs/report.schema.json`. The pairs come last, a line each.
struct JSONReport {
    static let schema = "nctsbridge-report"
    /// Raised when a member changes its meaning or goes; new members don't raise it.
    static let version = 1

    private let summary: EvidenceSummary
    private let evidence: SQLiteEvidence

    init(_ report: EvidenceReport) {
        summary = report.summary
        evidence = report.evidence
    }

    func write(to output: inout ReportOutput) throws {
        var json = JSONStream(style: .pretty)
        json.object(writeSummary)
        // The object stays open for the pairs, of which there may be more than memory has room for.
        try output.write(json.bytes.dropLast("\n}".utf8.count))
        try output.write(",\n  \"pairs\": [")
        var isFirst = true
        var line = JSONStream()
        try evidence.forEachPair { pair in
            line.removeAll()
            line.object { $0.write(pair) }
            try output.write(isFirst ? "\n    " : ",\n    ")
            try output.write(line.bytes[...])
            isFirst = false
        }
        try output.write(isFirst ? "]\n}\n" : "\n  ]\n}\n")
    }

    private func writeSummary(to json: inout JSONStream) {
        json.member("schema", Self.schema)
        json.member("version", Self.version)
        json.member("tool", summary.run.toolVersion)
        json.object("run") { summary.run.write(to: &$0) }
        json.member("verdict", summary.verdict.verdict.rawValue)
        json.member("verdictWords", VerdictWords(summary).whole)
        json.object("arithmetic") { summary.verdict.write(to: &$0) }
        json.member("total", summary.pairs)
        json.object("classes") { $0.write(summary.classes) }
        json.member("open", summary.open)
        json.member("purged", summary.purged)
        json.array("notes") { json in
            for note in summary.notes {
                json.object { json in
                    json.orNull("at", note.at)
                    json.member("text", note.text)
                }
            }
        }
        json.array("strata") { json in for stratum in summary.strata { stratum.write(to: &json) } }
        json.array("kinds") { json in for kind in summary.kinds { kind.write(to: &json) } }
        json.array("rules") { json in
            for rule in summary.rules {
                json.object { json in
                    json.member("rule", rule.name)
                    json.orNull("why", rule.why)
                    json.member("pairs", rule.count)
                }
            }
        }
        json.array("inconclusive") { json in
            for reason in summary.inconclusive {
                json.object { json in
                    json.member("why", reason.why)
                    json.member("pairs", reason.count)
                }
            }
        }
        json.object("timings") { json in
            for side in EvidenceSide.allCases {
                json.objectOrNull(side.rawValue, summary.timings[side]) { $1.write(to: &$0) }
            }
        }
        json.object("recordings") { json in
            for side in EvidenceSide.allCases {
                json.objectOrNull(side.rawValue, summary.recordings[side]) { $1.write(to: &$0) }
            }
        }
        json.array("stretches") { json in for stretch in summary.stretches { stretch.write(to: &json) } }
    }
}

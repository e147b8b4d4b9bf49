import Comparison
import Evidence
import Foundation

/// A report as the test runners' XML, for the dashboards of pipelines: a case for each pair, and one for the verdict.
///
/// `different` fails, `inconclusive`, `stale` and open pairs are skipped, all else passes. The case of the verdict
/// fails unless it is `ready`.
struct JUnitReport {
    private let summary: EvidenceSummary
    private let evidence: SQLiteEvidence

    init(_ report: EvidenceReport) {
        summary = report.summary
        evidence = report.evidence
    }

    func write(to output: inout ReportOutput) throws {
        let isReady = summary.verdict.verdict == .ready
        let failures = summary.count(.different)
        let skipped = summary.count(.inconclusive) + summary.count(.stale) + summary.open
        // The length of the run: calls overlap, so that it is no sum.
        let seconds = Self.seconds(summary.span.map { $0.until.timeIntervalSince($0.from) } ?? 0)
        let start = Moment(summary.run.startedAt)
        let timestamp = "\(start.date)T\(start.time)"
        try output.write(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="nctsbridge" tests="\(summary.pairs + 1)" failures="\(failures + (isReady ? 0 : 1))" \
            errors="0" skipped="\(skipped)" time="\(seconds)">
            <testsuite name="pairs" tests="\(summary.pairs)" failures="\(failures)" errors="0" skipped="\(skipped)" \
            time="\(seconds)" timestamp="\(timestamp)">
            \(properties)
            """ as Markup)
        try evidence.forEachPair { pair in try output.write(Self.testCase(pair)) }
        try output.write(
            """
            </testsuite>
            <testsuite name="verdict" tests="1" failures="\(isReady ? 0 : 1)" errors="0" skipped="0" time="0.000" \
            timestamp="\(timestamp)">
            \(verdict)
            </testsuite>
            </testsuites>

            """ as Markup)
    }

    private var properties: Markup {
        let properties: [Markup] = summary.facts.map {
            "<property name=\"\($0.name)\" value=\"\($0.value)\"/>\n"
        }
        return "<properties>\n\(properties)</properties>\n"
    }

    private var verdict: Markup {
        let words = VerdictWords(summary)
        let more = (summary.missing + summary.arithmetic).joined(separator: "\n")
        let content: Markup =
            summary.verdict.verdict == .ready
            ? "<system-out>\("\(words.whole)\n\(more)", lines: true)</system-out>"
            : """
            <failure type="\(summary.verdict.verdict.rawValue)" message="\(words.whole)">\(more, lines: true)</failure>
            """
        return "<testcase name=\"ready to cut over\" classname=\"verdict\" time=\"0.000\">\(content)</testcase>"
    }

    private static func testCase(_ pair: EvidencePair) -> Markup {
        let words = PairWords(pair)
        let name = ["#\(pair.number)", words.grn, words.label].compactMap(\.self).joined(separator: " ")
        let country = pair.country.map { "country \($0)" } ?? "no country"
        let time = seconds(words.sides.reduce(0) { $0 + ($1.took ?? 0) })
        let content: Markup? =
            switch pair.judgement?.pairClass {
            case .different:
                "<failure type=\"different\" message=\"\(words.summary)\">\(words.detail, lines: true)</failure>"
            case .inconclusive, .stale, nil:
                "<skipped type=\"\(words.pairClass.name)\" message=\"\("\(words.pairClass.name): \(words.summary)")\"/>"
            case .equivalent, .explained, .drifted:
                "<system-out>\("\(words.pairClass.name): \(words.detail)", lines: true)</system-out>"
            case .same: nil
            }
        let start: Markup = "<testcase name=\"\(name)\" classname=\"\(country)\" time=\"\(time)\""
        return content.map { "\(start)>\($0)</testcase>\n" } ?? "\(start)/>\n"
    }

    private static func seconds(_ seconds: Double) -> String {
        let milliseconds = Int((max(0, seconds) * 1000).rounded())
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }
}

extension PairWords {
    /// Both answers, what differs, what was expected, and why: a line each.
    var detail: String {
        var lines = sides.map { side in
            let at = side.at.map { " at \(Moment($0).words)" } ?? ""
            return "\(side.name): \(side.answer) (status \(side.status))\(at)"
        }
        lines += differences.map { "differs, \($0.name): v1.0 \($0.v1), v2.0 \($0.v2)" }
        if let expected { lines.append("expected \(expected)") }
        if !explanation.isEmpty { lines.append(explanation) }
        return lines.joined(separator: "\n")
    }
}

import Comparison
import Evidence
import Foundation
import Testing

@testable import Reports

@Suite struct `Counts` {
    private static let names = PairClass.allCases.map(\.rawValue) + ["open"]

    @Test(arguments: Scenario.allCases)
    func `add up in every form, to the same`(scenario: Scenario) async throws {
        let report = try await EvidenceReport(scenario.evidence())
        let summary = report.summary
        let expected = PairClass.allCases.map { summary.classes[$0] ?? 0 } + [summary.open]
        #expect(expected.reduce(0, +) == summary.pairs)
        #expect(Self.numbers(try report.text(.text), row: { "\n\($0) " }) == expected)
        #expect(Self.numbers(try report.text(.markdown), row: { "\n| \($0) | " }) == expected)
        let page = try report.text(.html)
        #expect(
            Self.names.map { page.count(of: "<tbody class=\"pair\" role=\"rowgroup\" data-class=\"\($0)\"") }
                == expected)
        let junit = try report.text(.junit)
        #expect(junit.count(of: "<testcase ") == summary.pairs + 1)
        #expect(junit.count(of: "<failure type=\"different\"") == expected[4])
        #expect(junit.count(of: "<skipped ") == expected[5] + expected[6] + expected[7])
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(try report.text(.json).utf8)) as? [String: Any])
        let classes = try #require(json["classes"] as? [String: Int])
        #expect(PairClass.allCases.map { classes[$0.rawValue] } == expected.dropLast())
        #expect(json["open"] as? Int == summary.open)
        let pairs = try #require(json["pairs"] as? [[String: Any]])
        #expect(Self.names.map { name in pairs.count { $0["class"] as? String ?? "open" == name } } == expected)
        for strata in ["strata", "kinds"] {
            for stratum in try #require(json[strata] as? [[String: Any]]) {
                let classes = try #require(stratum["classes"] as? [String: Int])
                #expect(classes.values.reduce(0, +) + (stratum["open"] as? Int ?? 0) == stratum["total"] as? Int)
            }
        }
        let kinds = try #require(json["kinds"] as? [[String: Any]])
        #expect(kinds.reduce(0) { $0 + ($1["total"] as? Int ?? 0) } == summary.pairs)
    }

    /// The numbers after the names of classes in a table.
    private static func numbers(_ text: String, row: (String) -> String) -> [Int] {
        names.map { name in
            let rest = text.components(separatedBy: row(name)).dropFirst().first ?? ""
            return Int(rest.drop { $0 == " " }.prefix { $0.isNumber || $0 == "," }.filter { $0 != "," }) ?? -1
        }
    }

    @Test(arguments: Scenario.allCases)
    func `and all else are the same each time`(scenario: Scenario) async throws {
        let report = try await EvidenceReport(scenario.evidence())
        let other = try await EvidenceReport(scenario.evidence())
        for format in ReportFormat.allCases {
            let text = try report.text(format)
            #expect(text == (try report.text(format)))
            #expect(text == (try other.text(format)))
        }
    }

    @Test func `of pairs that a page or a table has no room for are told`() async throws {
        let run = try await PlantedEvidence()
        let counts: [(PairClass?, Int)] = [(.same, 1_020), (.different, 130), (nil, 10)]
        let sum = counts.reduce(0) { $0 + $1.1 }
        try await run.plantBare(counts)
        let report = try await EvidenceReport(run.store)
        var page = ""
        var output = ReportOutput { page += String(decoding: $0, as: UTF8.self) }
        try HTMLReport(report, limits: PairPart.Limits(same: 40, others: 100)).write(to: &output)
        try output.flush()
        #expect(page.count(of: "<tbody class=\"pair\"") == 140)
        #expect(page.contains("<p>140 of 1,160 pairs."))
        #expect(page.contains("Left out are 30 different, 980 same, 10 open"))
        let text = try report.text(.text)
        #expect(text.count(of: "\n#") == 50)
        #expect(text.contains("\n80 more are different: nctsbridge report STORE --format json lists them all.\n"))
        var largest = 0
        var lines = 0
        try report.write(.json) { part in
            largest = max(largest, part.count)
            lines += part.count { $0 == UInt8(ascii: "\n") }
        }
        #expect(lines > sum)
        #expect(largest < 100_000, "the report is held in memory")
    }

    @Test func `stop where nobody takes them`() async throws {
        struct Full: Error {}
        let report = try await EvidenceReport(Scenario.large.evidence())
        for format in ReportFormat.allCases {
            #expect(throws: Full.self) { try report.write(format) { _ in throw Full() } }
        }
    }

    @Test func `are none where there is no run`() async throws {
        let evidence = try SQLiteEvidence.inMemory()
        let error = await #expect(throws: EvidenceError.self) { try await EvidenceReport(evidence) }
        #expect(error?.code == .mismatch)
    }
}

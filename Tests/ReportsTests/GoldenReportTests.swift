import Foundation
import Reports
import TestSupport
import Testing

/// `NCTSBRIDGE_RECORD=1 swift test --filter ReportsTests` writes the expected reports anew; read what `git diff` shows.
@Suite struct `Reports are what is expected` {
    private static let isRecording = ProcessInfo.processInfo.environment["NCTSBRIDGE_RECORD"] == "1"
    private static let folder = Tools.package.appendingPathComponent("samples/expected/reports")
    private static let scenarios: [Scenario] = [.mixed, .hostile, .stale, .mirror]
    private static let formats: [(format: ReportFormat, ending: String)] = [
        (.text, "txt"), (.markdown, "md"), (.junit, "xml"),
    ]

    @Test(arguments: scenarios, formats.indices)
    func `in the forms that are read as they are`(scenario: Scenario, format: Int) async throws {
        let (format, ending) = Self.formats[format]
        let text = try await scenario.text(format)
        let file = Self.folder.appendingPathComponent("\(scenario.rawValue).\(ending)")
        if Self.isRecording {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            return
        }
        guard let golden = try? Data(contentsOf: file) else {
            Issue.record(
                "samples/expected/reports/\(file.lastPathComponent) is missing: record it with NCTSBRIDGE_RECORD=1")
            return
        }
        #expect(Data(text.utf8) == golden, "samples/expected/reports/\(file.lastPathComponent): \(text.prefix(4_000))")
    }

    @Test func `and no file is left that no test uses`() throws {
        guard !Self.isRecording else { return }
        let known = Self.scenarios.flatMap { scenario in Self.formats.map { "\(scenario.rawValue).\($0.ending)" } }
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)) == Set(known))
    }

    @Test(arguments: Scenario.allCases)
    func `and fit a terminal`(scenario: Scenario) async throws {
        for line in try await scenario.text(.text).split(separator: "\n") {
            #expect(line.count <= 100, "\(line)")
            #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }, "\(line.debugDescription)")
        }
    }
}

@Suite struct `The document of reports` {
    @Test func `names each form, class and verdict`() throws {
        let page = try String(contentsOf: Tools.package.appendingPathComponent("docs/report.md"), encoding: .utf8)
        for name in ReportFormat.allCases.map(\.rawValue) {
            #expect(page.contains("\n## `\(name)`") || page.contains("| `\(name)` |"))
        }
        for name in ["same", "equivalent", "explained", "drifted", "different", "stale", "inconclusive"] {
            #expect(page.contains("| `\(name)` |"))
        }
        for name in ["ready", "not-ready", "not-enough-evidence"] { #expect(page.contains("| `\(name)` |")) }
    }
}

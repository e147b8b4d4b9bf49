import ArgumentParser
import Batch
import Evidence
import Reports

struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell what a dual run or a mirror found, and whether it is safe to cut over.",
        discussion: """
            It can be asked for while the run goes on. Exit codes: 0 ready, 1 not ready, 2 not enough evidence.
            """)

    @Argument(help: "The store of a run: what compare --store made, or gateway --evidence.")
    var store: String

    @Option(help: "The form: text, json, junit, markdown or html.")
    var format = Form.text

    @Option(help: ArgumentHelp("Where to write it; - is standard output.", valueName: "file"))
    var output = "-"

    enum Form: String, ExpressibleByArgument, CaseIterable {
        case text, json, junit, markdown, html

        var value: ReportFormat {
            switch self {
            case .text: .text
            case .json: .json
            case .junit: .junit
            case .markdown: .markdown
            case .html: .html
            }
        }
    }

    func run() async throws {
        try await Exit.reporting {
            let evidence = try SQLiteEvidence.forReading(store)
            defer { evidence.close() }
            let report = try await EvidenceReport(evidence)
            let file = try OutputFile(output)
            try report.write(format.value) { try file.write(Array($0)) }
            try file.finish()
            if let code = Exit.code(of: report.verdict) { throw code }
        }
    }
}

import Foundation
import Testing
import Translation

@Suite struct `The documents` {
    @Test(arguments: TranslationError.Code.allCases)
    func `explain each reject code`(code: TranslationError.Code) throws {
        #expect(try Repository.text("docs/codes.md").contains("| `\(code.rawValue)` |"))
    }

    @Test(arguments: ReadOutcome.allCases.map(\.rawValue) + WrittenOutcome.allCases.map(\.rawValue))
    func `explain each outcome`(outcome: String) throws {
        #expect(try Repository.text("docs/loss-report.md").contains("| `\(outcome)` |"))
    }

    @Test(arguments: Generator.allCases)
    func `name each generator`(generator: Generator) throws {
        #expect(try Repository.text("docs/mapping-language.md").contains("`\(generator.rawValue)`"))
    }

    @Test func `say of each alert what to do`() throws {
        let rules = try Repository.text("samples/deploy/alerts.yaml").components(separatedBy: "- alert: ").dropFirst()
        let alerts = rules.map { String($0.prefix { $0 != "\n" }) }
        let headings = try Repository.text("docs/runbook.md").components(separatedBy: "\n### ").dropFirst()
            .map { String($0.prefix { $0 != "\n" }) }
        #expect(alerts.count > 10)
        #expect(alerts.sorted() == headings.sorted())
    }

    @Test func `link to what is there`() throws {
        let pages =
            ["README.md", "samples/README.md", "samples/deploy/README.md"]
            + (try Repository.files(in: "docs", extensions: ["md"]).keys.map { "docs/\($0)" })
        for page in pages {
            let folder = Repository.root.appendingPathComponent(page).deletingLastPathComponent()
            for part in try Repository.text(page).components(separatedBy: "](").dropFirst() {
                let target = String(part.prefix { $0 != ")" && $0 != "#" })
                guard !target.contains(":"), !target.isEmpty else { continue }
                let path = folder.appendingPathComponent(target).path
                #expect(FileManager.default.fileExists(atPath: path), "\(page) links to \(target)")
            }
        }
    }

    @Test func `say of each conformance case what it covers`() throws {
        let page = try Repository.text("samples/cases/README.md")
        let cases = try Repository.files(in: "samples/cases", extensions: ["json"]).keys
        #expect(cases.count > 150)
        for name in cases { #expect(page.contains("`\(name.dropLast(".json".count))`"), "\(name)") }
    }
}

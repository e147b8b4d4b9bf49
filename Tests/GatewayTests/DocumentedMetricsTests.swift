import Foundation
import NetworkSupport
import TestSupport
import Testing

/// The names in the documents for operators, held to what is scraped.
@Suite(.timeLimit(.minutes(1))) struct `The metrics of a mirror, which has all that there are` {
    @Test func `are explained in the runbook, and no others are named there or in the alerts`() async throws {
        let question = V1Question("24GB0000000200170")
        let scenario = """
            guarantees:
              - {grn: \(question.grn), accessCode: \(question.accessCode), balance: 5, v2: {condition: throttled}}
            """
        let families = try await MirrorFixture().runSimulated(scenario) { mirror, _ in
            try await mirror.ask(question)
            try await mirror.judged(1)
            return try await mirror.metrics().families
        }
        let runbook = try Self.text("docs/runbook.md")
        for family in families { #expect(runbook.contains("| `\(family.name)` |"), "\(family.name)") }

        let names = Set(families.flatMap { [$0.name] + $0.samples.map(\.name) })
        for document in ["docs/runbook.md", "docs/gateway.md", "docs/mirror.md", "samples/deploy/alerts.yaml"] {
            let named = Set(try Self.text(document).matches(of: /nctsbridge_[a-z_]+/).map { String($0.output) })
            #expect(named.subtracting(names) == [], "\(document)")
        }
    }

    private static func text(_ path: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
}

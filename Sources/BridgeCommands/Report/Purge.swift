import ArgumentParser
import Evidence
import Foundation
import GuaranteeClients

struct Purge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Remove personal data from a store of evidence, and keep its counts.",
        discussion: """
            GRNs, tax identifiers, labels, users, amounts, paths and bodies go; classes, rules, statuses and times stay, \
            so that every count and the verdict are what they were.
            """)

    @Argument(help: "The store of a run.")
    var store: String

    @Option(help: ArgumentHelp("Purge what was judged longer ago than this.", valueName: "days"))
    var olderThan: Double

    func validate() throws {
        guard olderThan >= 0, olderThan < 1e6 else { throw ValidationError("--older-than is at least 0 days.") }
    }

    func run() async throws {
        try await Exit.reporting {
            guard FileManager.default.fileExists(atPath: store) else {
                throw EvidenceError(.missing, "\(store) is not there.")
            }
            let evidence = try SQLiteEvidence.forWriting(store)
            defer { evidence.close() }
            guard let run = try await evidence.run() else {
                throw EvidenceError(.unknown, "\(store) holds no run.")
            }
            let now = RunClock.timekeeper(startedAt: run.startedAt, scale: run.timeScale).date()
            let result = try await evidence.purge(before: now.addingTimeInterval(-olderThan * 86_400))
            Terminal.error(
                "\(result.pairs) pairs and \(result.exchanges) exchanges purged; \(result.kept) pairs keep their data")
        }
    }
}

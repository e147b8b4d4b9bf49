import ArgumentParser
import Batch
import Comparison
import DualRun
import Evidence
import Foundation
import GuaranteeClients
import Reports
import Translation

struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask both APIs, or take what is recorded of them, and say whether it is safe to cut over.",
        discussion: """
            Each pair of answers is the same, equivalent, explained, drifted, different, stale or inconclusive. Ctrl-C \
            ends the run in order; with --store it goes on later with --resume. Exit codes: 0 ready, 1 not ready, \
            2 not enough evidence.
            """)

    @Option(
        help: ArgumentHelp(
            "What to ask: CSV or NDJSON, or stored queries; left out, what the recordings asked.", valueName: "file"))
    var queries: String?

    @OptionGroup(title: "Sides") var sides: SideOptions
    @OptionGroup(title: "Verdict") var verdict: VerdictOptions
    @OptionGroup(title: "Pacing") var pace: PaceOptions

    @Option(help: ArgumentHelp("Keep all evidence here, durably.", valueName: "file"))
    var store: String?

    @Flag(help: "Go on with the run that the store holds.")
    var resume = false

    @Flag(help: "Ask again about pairs that were inconclusive: with --resume.")
    var retryInconclusive = false

    @Flag(help: "Keep tax identifiers as they are, in place of pseudonyms.")
    var keepIdentifiers = false

    @Option(
        help: ArgumentHelp(
            "The key of the pseudonyms (default: the store's name with .key); it is made where there is none.",
            valueName: "file"))
    var keyFile: String?

    @Option(help: "A member or column of recordings that names the guarantee (GRN).")
    var grnField: String?

    @Option(help: "The member or column of recordings that holds the message (default: payload, else message).")
    var payloadField: String?

    @Flag(help: "Write the whole report as JSON in place of the summary.")
    var json = false

    @Flag(name: .shortAndLong, help: "No progress, and no summary.")
    var quiet = false

    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup var mappings: MappingOptions

    func validate() throws {
        guard store != nil || !resume else { throw ValidationError("--resume goes on with a run that --store names.") }
        guard resume || !retryInconclusive else { throw ValidationError("--retry-inconclusive goes with --resume.") }
        if sides.v1URL != nil, queries == nil {
            throw ValidationError("Which guarantees? v1.0 is asked about those of --queries.")
        }
        if pace.timeScale ?? 1 != 1 {
            let isLocal = GuaranteeAPI.allCases.compactMap { sides.url($0) }.allSatisfy { BaseURL.isLoopback($0.host) }
            guard isLocal else {
                throw ValidationError("--time-scale is for a simulator on this machine: HMRC's clock runs as it does.")
            }
        }
    }

    func run() async throws {
        try await Exit.reporting {
            let evidence = try store.map { try SQLiteEvidence.forWriting($0) } ?? SQLiteEvidence.inMemory()
            defer { evidence.close() }
            let ending = try await CompareRun(self, evidence).run()
            let report = try await EvidenceReport(evidence)
            if json {
                let file = try OutputFile("-")
                try report.write(.json) { try file.write(Array($0)) }
                try file.finish()
            } else if !quiet {
                try Terminal.output(Array(report.brief().utf8))
            }
            if let code = exitCode(ending, report.verdict) { throw code }
        }
    }

    /// A run that stopped is never ready, whatever it has seen so far.
    private func exitCode(_ ending: StopReason?, _ verdict: Verdict) -> ExitCode? {
        guard let ending else { return Exit.code(of: verdict) }
        let goOn = store == nil ? "" : "; it goes on with --resume"
        Terminal.error("nctsbridge: the run stopped: \(ending.description)\(goOn)")
        switch ending {
        case .interrupted: return verdict == .notReady ? Exit.rejected : Exit.inconclusive
        case .unreachable: return Exit.unavailable
        case .evidence: return Exit.cantWrite
        case .ownGateway: return Exit.inconclusive
        }
    }
}

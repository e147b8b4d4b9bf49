import Comparison
import Evidence
import Foundation
import GuaranteeClients

/// Whether the store holds what the command is about: nothing yet, or the run that is to go on.
struct RunSettings {
    private let command: Compare
    private let evidence: SQLiteEvidence

    init(_ command: Compare, _ evidence: SQLiteEvidence) {
        self.command = command
        self.evidence = evidence
    }

    /// The settings of the run: those of the one that goes on, with the thresholds of this command. Nothing is noted yet.
    ///
    /// - Throws: `mismatch` where the store holds another run, or one that was not to go on.
    func settings(mappings: [String: Int], keyCheck: String?) async throws(EvidenceError) -> EvidenceRun {
        var run = EvidenceRun(
            toolVersion: ToolVersion.current, startedAt: Date(), timeScale: command.pace.timeScale ?? 1,
            v1: command.sides.description(.v1), v2: command.sides.description(.v2),
            isV1Live: command.sides.v1URL != nil, isV2Live: command.sides.v2URL != nil, rules: command.verdict.rules,
            comparableWithin: command.verdict.comparableWithin, keepsIdentifiers: command.keepIdentifiers,
            mappings: mappings)
        run.keyCheck = keyCheck
        guard let known = try await evidence.run() else { return run }
        try check(known, against: run)
        guard try await evidence.purgedPairCount() == 0 else {
            throw EvidenceError(
                .mismatch, "\(evidence.name) was purged: its questions are gone, and the run can't go on.")
        }
        run.startedAt = known.startedAt
        run.timeScale = known.timeScale
        return run
    }

    /// Notes that the run begins, or goes on.
    func begin(_ run: EvidenceRun) async throws(EvidenceError) {
        let goesOn = try await evidence.run() != nil
        try await evidence.save(run)
        try await note(goesOn ? "The run goes on" : "The run begins: v1.0 \(run.v1), v2.0 \(run.v2)", run)
        if goesOn, command.retryInconclusive {
            let count = try await evidence.reopen(.inconclusive)
            try await note("\(count) inconclusive pairs are asked about again", run)
        }
    }

    private func note(_ text: String, _ run: EvidenceRun) async throws(EvidenceError) {
        let now = RunClock.timekeeper(startedAt: run.startedAt, scale: run.timeScale).date()
        try await evidence.add(EvidenceNote(at: now, text: text))
    }

    private func check(_ known: EvidenceRun, against run: EvidenceRun) throws(EvidenceError) {
        func refuse(_ why: String) -> EvidenceError { EvidenceError(.mismatch, "\(evidence.name) \(why)") }
        guard command.resume else {
            throw refuse("holds a run already: go on with --resume, or name another file.")
        }
        for side in EvidenceSide.allCases
        where known.isLive(side) != run.isLive(side) || known.describes(side) != run.describes(side) {
            throw refuse(
                "holds a run with \(side) \(known.describes(side)): that is another than \(run.describes(side)).")
        }
        guard known.comparableWithin == run.comparableWithin else {
            throw refuse("holds a run whose pairs were judged with --comparable-within \(known.comparableWithin).")
        }
        guard known.keepsIdentifiers == run.keepsIdentifiers else {
            throw refuse(
                "holds a run that was begun \(known.keepsIdentifiers ? "with" : "without") --keep-identifiers.")
        }
        guard known.keyCheck == run.keyCheck else {
            throw refuse("was made with another key: bring back its key file, or name it with --key-file.")
        }
        guard command.pace.timeScale ?? known.timeScale == known.timeScale else {
            throw refuse("holds a run whose clock runs \(known.timeScale) times as fast.")
        }
    }
}

package import Comparison
package import Evidence
import Foundation
package import GuaranteeClients
package import Translation

/// Asks both sides about each guarantee of a list, or takes what is recorded of them, and judges each pair (design section
/// 6). All of it goes to the evidence as it happens, so that a run that breaks off at any moment goes on from there.
package struct DualRun: Sendable {
    package var v1: DualRunSide
    package var v2: DualRunSide
    package var options: DualRunOptions
    package var time: Timekeeper
    /// The pacing that the clients of both sides share.
    package var pacing: PacingGate
    package var stopSwitch: StopSwitch
    /// What stands for a tax identifier in the evidence; nil: it stays.
    package var pseudonym: (@Sendable (String) -> String)?
    let evidence: any EvidenceStore
    let codec: ExchangeCodec
    let table: DifferenceTable
    let judge: PairJudge
    let onProgress: @Sendable (DualRunProgress) -> Void

    /// - Parameters:
    ///   - time: the run's own clock, which the clients share.
    ///   - onProgress: called whenever a pair was judged, and from time to time.
    package init(
        v1: DualRunSide, v2: DualRunSide, evidence: any EvidenceStore, codec: ExchangeCodec, table: DifferenceTable,
        options: DualRunOptions, time: Timekeeper, pacing: PacingGate, stopSwitch: StopSwitch,
        pseudonym: (@Sendable (String) -> String)?,
        onProgress: @Sendable @escaping (DualRunProgress) -> Void = { _ in }
    ) {
        self.v1 = v1
        self.v2 = v2
        self.options = options
        self.time = time
        self.pacing = pacing
        self.stopSwitch = stopSwitch
        self.pseudonym = pseudonym
        self.evidence = evidence
        self.codec = codec
        self.table = table
        judge = PairJudge(codec, table, comparableWithin: options.comparableWithin)
        self.onProgress = onProgress
    }

    /// Judges all pairs that are open.
    ///
    /// - Parameter question: the question of a pair, with its secrets; nil where none is known.
    /// - Returns: why it ended before all were judged; nil where they are.
    package func run(_ question: @Sendable @escaping (Int) -> DualRunQuestion?) async -> StopReason? {
        do throws(EvidenceError) {
            let interrupted = try await evidence.closeInterrupted(failure: "process-ended", at: time.date())
            if interrupted > 0 {
                try await note(
                    "\(interrupted) calls were under way when the run was cut off: what came of them is unknown")
            }
            let reason: StopReason?
            if v1.isLive || v2.isLive {
                reason = try await LiveRun(self, question).run()
            } else {
                reason = try await RecordedRun(self).run()
            }
            try await note(reason.map { "The run stopped: \($0.description)" } ?? "All pairs are judged")
            return reason
        } catch {
            return .evidence(error)
        }
    }

    func note(_ text: String, pair: Int? = nil) async throws(EvidenceError) {
        try await evidence.add(EvidenceNote(at: time.date(), pair: pair, text: text))
    }

    func side(_ side: EvidenceSide) -> DualRunSide { side == .v1 ? v1 : v2 }
}

import Comparison
import DualRun
import Evidence
import Foundation
import GuaranteeAdapter
import GuaranteeClients
import HTTPTransport
import Translation

/// What a mirror is made of: built before it listens, so that what it can't start with is told at once.
struct MirrorParts {
    let mirror: Mirror
    let recorder: MirrorRecorder
    let evidence: SQLiteEvidence

    init(
        _ settings: GatewaySettings.Mirror, _ parts: GatewayParts, over transport: HTTPTransport, store: GatewayStore
    ) async throws {
        let (surroundings, codec) = (parts.surroundings, parts.codec)
        let time = surroundings.time
        let table = try DifferenceTable(surroundings.mappings, mappings: codec.mappings)
        // Pseudonyms must stay the same from one process to the next: the key lies beside the evidence, where none is named.
        let key = try EvidenceKey(
            file: parts.settings.keyFile ?? settings.evidenceFile + ".key", mayCreate: true)
        evidence = try SQLiteEvidence.forWriting(settings.evidenceFile)
        let revisions = Dictionary(codec.mappings.revisions + [(DifferenceTable.file, table.revision)]) { first, _ in
            first
        }
        try await MirrorRun(settings, parts.settings, version: surroundings.version, mappings: revisions)
            .begin(in: evidence, keyCheck: key.pseudonym(of: "nctsbridge"), at: time.date())
        var pseudonym: (@Sendable (String) -> String)?
        if !settings.keepsIdentifiers { pseudonym = { key.pseudonym(of: $0) } }
        let run = MirroredRun(
            evidence: evidence, codec: codec, table: table, time: time,
            comparableWithin: VerdictDefaults.comparableWithin, pseudonym: pseudonym)
        let pacing = PacingGate(limits: PacingLimits(lock: parts.settings.lockFor), timekeeper: time)
        let sealing = Sealing(key: key)
        let shadows = ShadowAsker(
            run: run, store: store, sealing: sealing, codec: codec, transport: transport,
            limits: parts.settings.transportLimits, primary: settings.primary, shadow: settings.shadow,
            tokens: try settings.shadowToken.map { try surroundings.tokens($0, settings.shadow, transport) },
            asksAgain: settings.asksAgain, pacing: pacing, time: time, metrics: parts.registry,
            logger: surroundings.logger)
        var options = MirrorRecorder.Options()
        options.queueLimit = settings.queueLimit
        options.lock = parts.settings.lockFor
        options.pendingKept = parts.settings.keepFor
        let recorder = MirrorRecorder(
            run, store: store, sealing: sealing, pacing: pacing, shadows: shadows, options: options, codec: codec,
            time: time, metrics: parts.registry, logger: surroundings.logger)
        self.recorder = recorder
        // What clients are handed is held back by nothing that v1.0 itself would not have held back.
        var limits = parts.settings.transportLimits
        limits.maximumBody = Mirror.largestAnswer
        mirror = Mirror(
            settings.primary, over: transport, limits: limits, codec: codec,
            version: surroundings.version, time: time, metrics: parts.registry, logger: surroundings.logger
        ) { recorder.observe($0) }
    }
}

/// What a mirror's evidence is about.
private struct MirrorRun {
    private let run: EvidenceRun

    init(
        _ settings: GatewaySettings.Mirror, _ all: GatewaySettings, version: String, mappings: [String: Int]
    ) {
        var run = EvidenceRun(
            toolVersion: version, startedAt: Date(), timeScale: all.timeScale, v1: settings.primary.description,
            v2: settings.shadow.description, isV1Live: true, isV2Live: true,
            comparableWithin: VerdictDefaults.comparableWithin, keepsIdentifiers: settings.keepsIdentifiers,
            mappings: mappings)
        run.isMirror = true
        self.run = run
    }

    /// Begins a run, or goes on with the mirror's that the evidence holds.
    ///
    /// - Throws: `mismatch` where the evidence is about something else.
    func begin(in evidence: SQLiteEvidence, keyCheck: String, at moment: Date) async throws(EvidenceError) {
        var run = run
        run.keyCheck = keyCheck
        let known = try await evidence.run()
        if let known {
            func refuse(_ why: String) -> EvidenceError { EvidenceError(.mismatch, "\(evidence.name) \(why)") }
            guard known.isMirror else { throw refuse("holds a dual run, and no mirror's: name another file.") }
            for side in EvidenceSide.allCases where known.describes(side) != run.describes(side) {
                throw refuse("is about \(known.describes(side)), and not about \(run.describes(side)).")
            }
            guard known.timeScale == run.timeScale else {
                throw refuse("was begun with time-scale \(known.timeScale).")
            }
            guard known.keepsIdentifiers == run.keepsIdentifiers else {
                throw refuse("was begun \(known.keepsIdentifiers ? "with" : "without") keep-identifiers.")
            }
            guard known.keyCheck == run.keyCheck else {
                throw refuse("was made with another key: bring back its key file.")
            }
            run.startedAt = known.startedAt
        }
        try await evidence.save(run)
        let words = known == nil ? "begins" : "goes on"
        try await evidence.add(
            EvidenceNote(at: moment, text: "The mirror \(words): v1.0 \(run.v1), v2.0 \(run.v2)"))
        let cutOff = try await evidence.closeInterrupted(failure: "process-ended", at: moment)
        if cutOff > 0 {
            try await evidence.add(
                EvidenceNote(at: moment, text: "\(cutOff) calls were under way when the mirror was cut off"))
        }
    }
}

/// What reports ask of a pair, where nobody said otherwise.
enum VerdictDefaults {
    /// How far apart answers may be for their amounts to be comparable: seconds (design section 6).
    static let comparableWithin = 300.0
}

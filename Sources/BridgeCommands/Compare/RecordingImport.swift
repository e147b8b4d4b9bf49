import Batch
import Comparison
import DualRun
import Evidence
import Foundation
import Translation

/// Takes a side's recordings into the evidence: what each says, without its secrets.
struct RecordingImport: Sendable {
    let side: EvidenceSide
    let evidence: SQLiteEvidence
    let codec: ExchangeCodec
    let table: DifferenceTable
    let pseudonym: (@Sendable (String) -> String)?
    let stopSwitch: StopSwitch

    /// What recorded questions tell that the evidence must not hold.
    struct Secrets: Sendable {
        var accessCodes: [String: AccessCode] = [:]
        var tins: [String: String] = [:]
    }

    struct Interrupted: Error {}

    /// - Parameters:
    ///   - isKnown: whether the evidence has all of it already, and only the secrets are wanted.
    ///   - isAsked: whether a side is asked, so that all secrets are wanted; else those of the last question are enough, to
    ///     hide them in its answer.
    /// - Returns: the secrets of the questions by GRN: those of the last question where several ask about one.
    func run(_ files: [InputFile], options: InputOptions, isKnown: Bool, isAsked: Bool) async throws -> Secrets {
        if !isKnown { try await evidence.removeRecordings(of: side) }
        let reader = RecordingReader(
            side: side == .v1 ? .v1 : .v2, mappings: codec.mappings, masker: codec.masker, options: options)
        var secrets = Secrets()
        var batch: [EvidenceRecording] = []
        var unreadable: [String] = []
        var counts = (unreadable: 0, foreign: 0)
        try reader.read(files) { (item) throws(any Error) in
            if stopSwitch.isStopped { throw Interrupted() }
            switch item {
            case .question(let question):
                if !isAsked { secrets = Secrets() }
                secrets.accessCodes[question.grn.text] = question.accessCode ?? secrets.accessCodes[question.grn.text]
                secrets.tins[question.grn.text] = question.tin ?? secrets.tins[question.grn.text]
                batch.append(
                    EvidenceRecording(
                        .question, side: side, grn: question.grn.text, tin: question.tin.map(identified),
                        keys: question.keys))
            case .answer(let answer): batch.append(recording(answer, secrets))
            case .foreign: counts.foreign += 1
            case .unreadable(let source, let error):
                counts.unreadable += 1
                if unreadable.count < Self.shownProblems { unreadable.append("\(source): \(error)") }
            }
            guard batch.count >= 1000, !isKnown else {
                if isKnown { batch.removeAll(keepingCapacity: true) }
                return
            }
            try evidence.addNow(batch)
            batch.removeAll(keepingCapacity: true)
        }
        guard !isKnown else { return secrets }
        try evidence.addNow(batch)
        for problem in unreadable {
            Terminal.error("not read: \(problem)")
            try await evidence.add(EvidenceNote(at: Date(), text: "A recording of \(side) was not read: \(problem)"))
        }
        if counts.unreadable > unreadable.count {
            Terminal.error("and \(counts.unreadable - unreadable.count) more that could not be read")
        }
        try await evidence.finishRecordings(of: side, unreadable: counts.unreadable, foreign: counts.foreign)
        return secrets
    }

    private static let shownProblems = 20

    private func identified(_ tin: String) -> String { pseudonym?(tin) ?? tin }

    private func recording(_ answer: RecordedAnswer, _ secrets: Secrets) -> EvidenceRecording {
        let tin = answer.tin ?? answer.message.tin
        let grn = answer.grn?.text ?? answer.message.guarantees.first?.grn?.text
        var redaction = Redaction()
        redaction.secrets = [grn.flatMap { secrets.accessCodes[$0]?.secret }].compactMap(\.self)
        redaction.spared = grn
        redaction.identifiers = [tin].compactMap(\.self)
        redaction.pseudonym = pseudonym
        var exchange = EvidenceExchange(side: side, format: answer.format.rawValue)
        exchange.source = answer.source
        exchange.method = answer.method
        // What stands behind the path is nobody's question, and may hold anything.
        exchange.path = answer.path.map { redaction.hiding(in: String($0.prefix { $0 != "?" })) }
        exchange.seconds = answer.seconds
        exchange.sentAt = answer.at.map { $0.addingTimeInterval(-(answer.seconds ?? 0)) }
        exchange.status = answer.status
        exchange.body = Data(codec.masker.redacted(answer.payload, by: redaction))
        exchange.meaning = EvidenceMeaning(answer.message, table)
        return EvidenceRecording(
            .answer(exchange), side: side, grn: grn, tin: tin.map(identified), keys: answer.keys)
    }
}

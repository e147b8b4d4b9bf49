package import Evidence
import Translation

extension DualRun {
    /// Puts the question list into the evidence. Where the evidence holds a part of it already, the list must begin with
    /// just that, and what is new is added.
    ///
    /// - Returns: how many are new.
    /// - Throws: `mismatch` where the evidence holds another list.
    package func take(_ questions: [DualRunQuestion]) async throws(EvidenceError) -> Int {
        let known = try await evidence.pairCount()
        guard known <= questions.count else {
            throw EvidenceError(
                .mismatch, "The question list has \(questions.count) questions, and the run that goes on has \(known).")
        }
        let kept = questions.map { question -> EvidenceQuestion in
            let redaction = question.redaction(pseudonym)
            return EvidenceQuestion(
                grn: question.grn.text, tin: question.tin.map { pseudonym?($0) ?? $0 },
                user: question.user.map(redaction.hiding), label: question.label.map(redaction.hiding),
                guaranteeType: question.guaranteeType)
        }
        for start in stride(from: 0, to: known, by: Self.batch) {
            let stored = try await evidence.questions(from: start + 1, limit: min(Self.batch, known - start))
            let listed = kept[start..<(start + stored.count)]
            if let difference = zip(stored, listed).enumerated().first(where: { $0.element.0 != $0.element.1 }) {
                throw EvidenceError(
                    .mismatch,
                    "Question \(start + difference.offset + 1) of the list is another than in the run that goes on: "
                        + "questions can be added at the end alone.")
            }
        }
        for start in stride(from: known, to: kept.count, by: Self.batch) {
            try await evidence.add(Array(kept[start..<min(start + Self.batch, kept.count)]))
        }
        return kept.count - known
    }

    static let batch = 1000
}

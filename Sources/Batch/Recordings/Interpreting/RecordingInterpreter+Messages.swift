import Foundation
import Translation

/// Messages that were stored without the HTTP around them.
extension RecordingInterpreter {
    func items(ofMessage payload: Payload, in piece: RecordedPiece) -> [RecordedItem] {
        if side == .v2, payload.syntax == .xml { return [.foreign(source: piece.source)] }
        do {
            return items(ofDocument: try byContent.parse(payload), in: piece)
        } catch {
            return [.unreadable(source: piece.source, error)]
        }
    }

    func items(ofDocument tree: WireTree, in piece: RecordedPiece) -> [RecordedItem] {
        do throws(TranslationError) {
            let reading = try reading(of: tree)
            guard side.has(reading.format) else { return [.foreign(source: piece.source)] }
            return items(of: reading, in: piece)
        } catch {
            return [.unreadable(source: piece.source, error)]
        }
    }

    /// Reads a document's message, which may be a text in it. What both versions say alike is the side's.
    private func reading(of tree: WireTree) throws(TranslationError) -> Reading {
        do {
            return try byContent.readNested(tree)
        } catch {
            guard error.code == .ambiguousFormat else { throw error }
            return try json.readNested(tree)
        }
    }

    /// What a message says, one item to a guarantee.
    func items(of reading: Reading, in piece: RecordedPiece) -> [RecordedItem] {
        if let problem = reading.remarks.first(where: { $0.severity == .error }) {
            let error = TranslationError(.schema, at: problem.place, path: problem.path, problem.message)
            return [.unreadable(source: piece.source, error)]
        }
        switch reading.hub.kind {
        case .query: return questions(in: reading, piece)
        case .stateQuery: return [.unreadable(source: piece.source, .askingForAnAnswer)]
        case .answer, .refusal, .pending, .serviceError: return answers(in: reading, piece)
        }
    }

    // MARK: - Questions

    private func questions(in reading: Reading, _ piece: RecordedPiece) -> [RecordedItem] {
        let (asked, others) = reading.guaranteesAskedForBalance(byContent)
        var items: [RecordedItem] = asked.map { index in
            let guarantee = reading.hub.guarantees[index]
            guard let grn = Self.told(guarantee.grn?.text) ?? piece.grn else {
                return .unreadable(source: piece.source, .namingNoGuarantee)
            }
            return .question(
                RecordedQuestion(
                    source: piece.source, grn: GRN(grn), tin: Self.told(reading.hub.tin),
                    accessCode: Self.told(guarantee.accessCode?.secret).map { AccessCode($0) },
                    at: reading.hub.requestedAt.flatMap(RecordedTime.iso8601) ?? piece.at, keys: reading.queryKeys))
        }
        items += others.map { .unreadable(source: piece.source, $0) }
        return items
    }

    // MARK: - Answers

    private func answers(in reading: Reading, _ piece: RecordedPiece) -> [RecordedItem] {
        let hub = reading.hub
        var parts = [hub]
        if hub.kind == .answer {
            parts = hub.guarantees.map { guarantee in
                var part = hub
                part.guarantees = [guarantee]
                return part
            }
        }
        guard !parts.isEmpty else {
            let error = TranslationError(.schema, "is an answer about no guarantee")
            return [.unreadable(source: piece.source, error)]
        }
        return parts.enumerated().map { index, part in
            let isOwn = reading.messageNodes.count == parts.count
            let payload: [UInt8]
            do {
                payload = try reading.tree.bytes(of: reading.messageNodes[isOwn ? index : 0])
            } catch {
                return .unreadable(source: piece.source, TranslationError(.schema, "can't be written: \(error)"))
            }
            return .answer(
                RecordedAnswer(
                    source: piece.source, message: part, format: reading.format, payload: payload, status: nil,
                    headers: HeaderFields(), method: nil, path: nil,
                    grn: (Self.told(part.guarantees.first?.grn?.text) ?? piece.grn).map { GRN($0) },
                    tin: Self.told(part.tin), at: part.completedAt.flatMap(RecordedTime.iso8601) ?? piece.at,
                    seconds: nil,
                    keys: reading.answerKeys + (part.balanceID.map { [Self.key(balanceID: $0)] } ?? [])))
        }
    }
}

extension WireTree {
    /// One message of a document, out of its envelope.
    fileprivate func bytes(of node: Int) throws -> [UInt8] {
        guard syntax == .xml, node != Self.root else {
            return syntax == .xml ? try serialised() : JSONWriter.bytes(of: self, node: node)
        }
        var message = WireTree(syntax: .xml)
        message.graft(self, node)
        return try message.serialised()
    }
}

extension TranslationError {
    /// v1.0's `GET` alone.
    static var askingForAnAnswer: TranslationError {
        TranslationError(
            .noCounterpart,
            "asks for the answer to an earlier question: it is no question of its own, and its response is not here")
    }

    static var namingNoGuarantee: TranslationError {
        TranslationError(
            .missingContext, "names no guarantee: record the path that it was sent to, or name a field that does")
    }
}

extension Reading {
    /// The guarantees of a query that are asked for their balance, and why others are not: XML can ask other questions.
    ///
    /// Which question an XML query asks is for the mapping to say: it has no counterpart in JSON. So the query is turned to
    /// JSON, with values that nothing else could be wrong with.
    fileprivate func guaranteesAskedForBalance(
        _ translator: Translator
    ) -> (asked: [Int], others: [TranslationError]) {
        let all = Array(hub.guarantees.indices)
        guard format == .v1XML else { return (all, []) }
        var probe = self
        probe.hub.tin = "T"
        for index in all {
            probe.hub.guarantees[index].grn = GRN("G\(index)")
            probe.hub.guarantees[index].accessCode = AccessCode("0000")
        }
        do throws(TranslationError) {
            let written = try translator.write(probe, supply: Supply(), remainder: nil)
            let kept = Set(written.reading.hub.guarantees.compactMap(\.grn))
            let others = written.remarks.filter { $0.code == "no-counterpart" }.map {
                TranslationError(.noCounterpart, at: $0.place, path: $0.path, $0.message)
            }
            return (all.filter { kept.contains(GRN("G\($0)")) }, others)
        } catch {
            return error.code == .noCounterpart ? ([], [error]) : (all, [])
        }
    }
}

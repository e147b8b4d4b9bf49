import Comparison
import Evidence
import Foundation
import Testing

@Suite struct `Recorded answers` {
    private func answer(
        _ side: EvidenceSide, _ source: String, grn: String?, keys: [String] = [], kind: String = "answer",
        at: Double? = nil, isConclusive: Bool = true
    ) -> EvidenceRecording {
        var exchange = EvidenceExchange(side: side, format: side == .v1 ? "v1-xml" : "v2-json")
        exchange.source = source
        exchange.sentAt = at.map { EvidenceFixture.start.addingTimeInterval($0) }
        exchange.meaning = EvidenceMeaning(kind: kind, isConclusive: isConclusive && kind != "pending")
        return EvidenceRecording(.answer(exchange), side: side, grn: grn, keys: keys)
    }

    private func store(_ recordings: [EvidenceRecording]) async throws -> SQLiteEvidence {
        let store = try SQLiteEvidence.inMemory()
        try await store.save(EvidenceFixture.run)
        try await store.add(recordings)
        for side in EvidenceSide.allCases {
            try await store.finishRecordings(of: side, unreadable: side == .v1 ? 2 : 0, foreign: 0)
        }
        return store
    }

    private func pairs(_ store: SQLiteEvidence) async throws -> [EvidencePair] {
        try await store.pairRecordings(of: [.v1, .v2])
        return try await store.openPairs(from: 1, limit: 100)
    }

    @Test func `find their guarantee by the names of their questions`() async throws {
        let store = try await store([
            answer(.v1, "refusal", grn: nil, keys: ["conversation 1"]),
            answer(.v1, "by reference", grn: nil, keys: ["conversation 9", "reference 2"]),
            answer(.v1, "of nobody", grn: nil, keys: ["conversation 7"]),
            answer(.v1, "of two", grn: nil, keys: ["conversation 3"]),
            EvidenceRecording(.question, side: .v1, grn: "G1", tin: "T1", keys: ["conversation 1"]),
            EvidenceRecording(.question, side: .v1, grn: "G2", keys: ["conversation 2", "reference 2"]),
            EvidenceRecording(.question, side: .v1, grn: "G3", keys: ["conversation 3"]),
            EvidenceRecording(.question, side: .v1, grn: "G4", keys: ["conversation 3"]),
            // Another side's names are others.
            EvidenceRecording(.question, side: .v2, grn: "G5", keys: ["conversation 7"]),
        ])
        try await store.addPairs(from: .v1, onePerGuarantee: false)
        let found = try await pairs(store)
        #expect(found.map(\.question.grn) == ["G1", "G2"])
        #expect(found[0].question.tin == "T1")
        #expect(found[0].v1?.exchange?.source == "refusal")
        #expect(found[0].v2?.why == "no answer about this guarantee is recorded")
        let recordings = try await store.summary().recordings
        #expect(recordings[.v1]?.total == 6)
        #expect(recordings[.v1]?.paired == 2 && recordings[.v1]?.unknown == 2 && recordings[.v1]?.unreadable == 2)
    }

    @Test func `that are pending give way to the answer, and repeated ones to the last`() async throws {
        let store = try await store([
            answer(.v1, "answer", grn: "G", keys: ["balance 1"], at: 10),
            answer(.v1, "pending", grn: "G", keys: ["balance 1"], kind: "pending", at: 5),
            answer(.v1, "answer again", grn: "G", keys: ["balance 1"], at: 20),
            answer(.v1, "pending for ever", grn: "H", keys: ["balance 2"], kind: "pending"),
            // One message about two guarantees has two answers of one name.
            answer(.v1, "first of two", grn: "I", keys: ["conversation 1"]),
            answer(.v1, "second of two", grn: "J", keys: ["conversation 1"]),
        ])
        try await store.addPairs(from: .v1, onePerGuarantee: false)
        let sources = try await pairs(store).map { $0.v1?.exchange?.source }
        #expect(sources == ["answer again", "pending for ever", "first of two", "second of two"])
        #expect(try await store.summary().recordings[.v1]?.superseded == 2)
    }

    @Test func `are paired with those nearest in time, each once`() async throws {
        let store = try await store([
            answer(.v1, "morning", grn: "G", at: 0), answer(.v1, "evening", grn: "G", at: 40_000),
            answer(.v2, "at noon", grn: "G", at: 20_100), answer(.v2, "in the morning", grn: "G", at: 30),
            answer(.v2, "at night", grn: "G", at: 60_000), answer(.v2, "of another", grn: "X", at: 0),
        ])
        try await store.addPairs(from: .v1, onePerGuarantee: false)
        let found = try await pairs(store)
        #expect(found.map { $0.v2?.exchange?.source } == ["in the morning", "at noon"])
        #expect(found.map(\.guarantee) == [1, 1])
        let recordings = try await store.summary().recordings[.v2]
        #expect(recordings?.paired == 2 && recordings?.unasked == 2 && recordings?.total == 4)
    }

    @Test func `of many times count once where the other side is asked today`() async throws {
        let store = try await store([
            answer(.v1, "old", grn: "G", at: 0), answer(.v1, "new", grn: "G", at: 10),
            answer(.v1, "undated", grn: "G"), answer(.v1, "other", grn: "H"),
        ])
        try await store.addPairs(from: .v1, onePerGuarantee: true)
        #expect(try await store.openPairs(from: 1, limit: 9).map { $0.v1?.exchange?.source } == ["new", "other"])
    }

    // v1.0 is withdrawn: the last that most recorded of it is that it is gone.
    @Test func `that say nothing give way to earlier ones that do`() async throws {
        let store = try await store([
            answer(.v1, "balance", grn: "G", at: 0), answer(.v1, "gone", grn: "G", at: 10, isConclusive: false),
            answer(.v1, "gone too", grn: "H", at: 10, isConclusive: false),
        ])
        try await store.addPairs(from: .v1, onePerGuarantee: true)
        #expect(
            try await store.openPairs(from: 1, limit: 9).map { $0.v1?.exchange?.source } == ["balance", "gone too"])
    }

    @Test func `of both sides are given to the questions of a list by what fits best`() async throws {
        let store = try await store([
            answer(.v1, "ten", grn: "G", at: 36_000), answer(.v1, "twelve", grn: "G", at: 43_200),
            answer(.v2, "ten and ten seconds", grn: "G", at: 36_010),
            answer(.v1, "alone", grn: "H", at: 0),
        ])
        try await store.add([EvidenceQuestion(grn: "G"), EvidenceQuestion(grn: "H"), EvidenceQuestion(grn: "G")])
        let found = try await pairs(store)
        #expect(found.map { $0.v1?.exchange?.source } == ["ten", "alone", "twelve"])
        #expect(found.map { $0.v2?.exchange?.source } == ["ten and ten seconds", nil, nil])
        #expect(found[2].v2?.why == "no answer about this guarantee is recorded")
    }

    @Test func `and spellings of one GRN are of one guarantee`() async throws {
        let store = try await store([answer(.v1, "a", grn: "24GBx"), answer(.v1, "b", grn: "24gbX")])
        try await store.addPairs(from: .v1, onePerGuarantee: false)
        try await store.add([EvidenceQuestion(grn: "24GBX")])
        #expect(try await store.openPairs(from: 1, limit: 9).map(\.guarantee) == [1, 1, 1])
    }

    @Test func `that were taken in by half are taken in anew`() async throws {
        let store = try SQLiteEvidence.inMemory()
        try await store.add([answer(.v1, "a", grn: "G"), answer(.v2, "b", grn: "G")])
        #expect(try await store.hasRecordings(of: .v1) == false)
        try await store.removeRecordings(of: .v1)
        try await store.add([answer(.v1, "a", grn: "G")])
        try await store.finishRecordings(of: .v1, unreadable: 0, foreign: 3)
        #expect(try await store.hasRecordings(of: .v1))
        try await store.save(EvidenceFixture.run)
        let recordings = try await store.summary().recordings
        #expect(recordings[.v1]?.unasked == 1 && recordings[.v1]?.foreign == 3 && recordings[.v2]?.unasked == 1)
    }
}

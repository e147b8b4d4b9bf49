import Comparison
import Evidence
import Foundation
import Testing

@Suite struct `A purge` {
    @Test func `takes those of a run that broke off too, once it is old enough`() async throws {
        let store = try SQLiteEvidence.inMemory()
        try await store.save(EvidenceFixture.run)
        try await store.add([EvidenceQuestion(grn: "A", tin: "T"), EvidenceQuestion(grn: "B")])
        try await EvidenceFixture.judge(store, 1, Judgement(.same), at: 100)
        #expect(try await store.purge(before: EvidenceFixture.start.addingTimeInterval(-1)).pairs == 0)
        #expect(try await store.purge(before: EvidenceFixture.start.addingTimeInterval(50)).pairs == 1)
        #expect(try await store.purge(before: EvidenceFixture.start.addingTimeInterval(500)).pairs == 1)
        #expect(try await store.purgedPairCount() == 2)
        #expect(try await store.summary().open == 1)
    }

    @Test func `takes personal data out of the file, and leaves every count as it was`() async throws {
        let fixture = try EvidenceFixture()
        let store = try SQLiteEvidence.forWriting(fixture.path)
        try await store.save(EvidenceFixture.run)
        try await store.add(
            (1...400).map { number in
                EvidenceQuestion(
                    grn: "24GB\(number % 200)OLDGRN", tin: "GBTIN\(number)", user: "user-\(number)",
                    label: "label-\(number)", guaranteeType: "\(number % 2)")
            })
        for number in 1...400 {
            let judgement =
                number % 7 == 0
                ? Judgement(.different, differences: [Difference(.balance, "amount-one", "amount-two")])
                : number % 5 == 0 ? Judgement(.inconclusive, why: "429") : Judgement(.same)
            try await EvidenceFixture.judge(
                store, number, judgement, at: number <= 300 ? 0 : 900_000, body: #"{"secret-of":"body-\#(number)"}"#)
        }
        let before = try await store.summary()
        let result = try await store.purge(before: EvidenceFixture.start.addingTimeInterval(500_000))
        #expect(result == PurgeResult(pairs: 300, exchanges: 600, kept: 100))
        let after = try await store.summary()
        #expect(after.classes == before.classes && after.verdict == before.verdict)
        #expect(after.strata == before.strata && after.kinds == before.kinds)
        #expect(after.timings == before.timings && after.stretches == before.stretches)
        #expect(after.purged == 300)
        store.close()
        // The young keep theirs.
        let names = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path)
        let bytes = try names.reduce(into: Data()) {
            $0 += try Data(contentsOf: fixture.folder.appendingPathComponent($1))
        }
        for number in 1...300 {
            #expect(bytes.range(of: Data("GBTIN\(number)\u{0}".utf8)) == nil)
            for text in ["body-\(number)\"", "label-\(number)user"] {
                #expect(bytes.range(of: Data(text.utf8)) == nil, "\(text)")
            }
        }
        #expect(bytes.range(of: Data("body-301\"".utf8)) != nil)
        let again = try SQLiteEvidence.forWriting(fixture.path)
        #expect(try await again.purge(before: EvidenceFixture.start.addingTimeInterval(500_000)).pairs == 0)
        #expect(try await again.purge(before: EvidenceFixture.start.addingTimeInterval(1e9)).pairs == 100)
        again.close()
        let rest = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        for text in ["OLDGRN", "GBTIN", "user-", "label-", "body-", "amount-", "secret-of"] {
            #expect(rest.range(of: Data(text.utf8)) == nil, "\(text)")
        }
    }
}

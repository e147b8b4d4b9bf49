import Comparison
import Evidence
import Foundation
import GRDB
import Testing

@Suite struct `A store of evidence` {
    private func code(_ body: () throws -> Void) -> EvidenceError.Code? {
        do { try body() } catch { return (error as? EvidenceError)?.code }
        return nil
    }

    @Test func `keeps a run, its questions and what became of them`() async throws {
        let fixture = try EvidenceFixture()
        var run = EvidenceFixture.run
        run.rules.population = 12
        run.keyCheck = "P1"
        do {
            let store = try SQLiteEvidence.forWriting(fixture.path)
            try await store.save(run)
            try await store.add([
                EvidenceQuestion(grn: "23GB0000010000854", tin: "P2", user: "ann", label: "ä\n", guaranteeType: "1"),
                EvidenceQuestion(grn: "23XI0000010000655"), EvidenceQuestion(grn: "23GB0000010000854"),
            ])
            try await EvidenceFixture.judge(
                store, 1, Judgement(.different, differences: [Difference(.balance, "5", "6")], rule: nil, why: "w"))
            store.close()
        }
        // The file is the whole of it: no log is left beside it.
        let names = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path)
        #expect(Set(names) == ["store", "store.lock"])
        let store = try SQLiteEvidence.forReading(fixture.path)
        #expect(try await store.run() == run)
        var pairs: [EvidencePair] = []
        try store.forEachPair { pairs.append($0) }
        #expect(pairs.map(\.number) == [1, 2, 3])
        #expect(pairs.map(\.guarantee) == [1, 2, 1])
        #expect(pairs[0].question.label == "ä\n")
        #expect(pairs[0].strata == ["country GB", "type 1"])
        #expect(pairs[0].judgement?.differences == [Difference(.balance, "5", "6")])
        #expect(pairs[0].v2?.exchange?.meaning?.words == "5 GBP")
        #expect(pairs[1].judgement == nil)
        let summary = try await store.summary()
        #expect(summary.classes[.different] == 1 && summary.open == 2 && summary.pairs == 3)
        #expect(summary.strata.map(\.total).reduce(0, +) == 4)
        store.close()
    }

    @Test func `is its owner's alone, and one writer's at a time`() throws {
        let fixture = try EvidenceFixture()
        let store = try SQLiteEvidence.forWriting(fixture.path)
        for name in try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path) {
            let path = fixture.folder.appendingPathComponent(name).path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
        #expect(code { _ = try SQLiteEvidence.forWriting(fixture.path) } == .busy)
        #expect(code { try SQLiteEvidence.forReading(fixture.path).close() } == nil)
        store.close()
    }

    @Test func `that was killed while it was made is made after all`() throws {
        let fixture = try EvidenceFixture()
        let database = try DatabaseQueue(path: fixture.path)
        try database.write {
            try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        }
        try database.close()
        #expect(code { try SQLiteEvidence.forWriting(fixture.path).close() } == nil)
        #expect(code { try SQLiteEvidence.forReading(fixture.path).close() } == nil)
    }

    @Test func `is one store by whatever link it is reached`() throws {
        let fixture = try EvidenceFixture()
        let store = try SQLiteEvidence.forWriting(fixture.path)
        let link = fixture.folder.appendingPathComponent("link").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: fixture.path)
        #expect(code { _ = try SQLiteEvidence.forWriting(link) } == .busy)
        store.close()
        #expect(code { try SQLiteEvidence.forWriting(link).close() } == nil)
    }

    @Test func `is not made of a file that is something else, and leaves it as it was`() throws {
        let fixture = try EvidenceFixture()
        try Data("guaranteeReference,accessCode\n".utf8).write(to: URL(fileURLWithPath: fixture.path))
        #expect(code { _ = try SQLiteEvidence.forWriting(fixture.path) } == .unknown)
        #expect(code { _ = try SQLiteEvidence.forReading(fixture.path) } == .unknown)
        #expect(try String(contentsOfFile: fixture.path, encoding: .utf8) == "guaranteeReference,accessCode\n")
        let other = fixture.folder.appendingPathComponent("other").path
        try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE t (x)") }
        #expect(code { _ = try SQLiteEvidence.forWriting(other) } == .unknown)
        #expect(code { _ = try SQLiteEvidence.forReading(fixture.path + "-nowhere") } == .missing)
        #expect(code { _ = try SQLiteEvidence.forWriting("/nowhere/store") } == .cantWrite)
        #expect(code { _ = try SQLiteEvidence.forWriting(fixture.folder.path) } == .cantWrite)
    }

    @Test func `has the name that it was given, whatever SQLite would make of it`() throws {
        let fixture = try EvidenceFixture()
        for name in [":memory:", "file:x?mode=memory", "-x", "a b?c#d%20"] {
            let path = fixture.folder.path + "/" + name
            try SQLiteEvidence.forWriting(path).close()
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count > 4096, "\(name)")
        }
    }

    @Test func `of a newer version is left alone`() throws {
        let fixture = try EvidenceFixture()
        try SQLiteEvidence.forWriting(fixture.path).close()
        let database = try DatabaseQueue(path: fixture.path)
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
        try database.close()
        #expect(code { _ = try SQLiteEvidence.forWriting(fixture.path) } == .unknown)
        #expect(code { _ = try SQLiteEvidence.forReading(fixture.path) } == .unknown)
    }

    @Test func `without a run says so`() async throws {
        let store = try SQLiteEvidence.inMemory()
        #expect(try await store.run() == nil)
        await #expect(throws: EvidenceError.self) { try await store.summary() }
    }

    @Test func `knows what was in flight when a process ended`() async throws {
        let store = try SQLiteEvidence.inMemory()
        try await store.save(EvidenceFixture.run)
        try await store.add([EvidenceQuestion(grn: "A"), EvidenceQuestion(grn: "B")])
        try await EvidenceFixture.judge(store, 1, Judgement(.same))
        var exchange = EvidenceExchange(side: .v1, pair: 2, format: "v1-json")
        exchange.method = "POST"
        exchange.sentAt = EvidenceFixture.start
        _ = try await store.willSend(exchange)
        #expect(
            try await store.closeInterrupted(
                failure: "process-ended", at: EvidenceFixture.start.addingTimeInterval(9)) == 1)
        #expect(
            try await store.closeInterrupted(
                failure: "process-ended", at: EvidenceFixture.start.addingTimeInterval(9)) == 0)
        let calls = try await store.calls(since: EvidenceFixture.start.addingTimeInterval(-1))
        #expect(calls.count == 3)
        #expect(calls.filter { $0.pair == 2 }.map(\.seconds) == [9])
        #expect(try await store.calls(since: EvidenceFixture.start.addingTimeInterval(1)).isEmpty)
        #expect(try await store.openNumbers(from: 1, limit: 10) == [2])
    }

    @Test func `takes judgements back, recorded answers with them`() async throws {
        let store = try SQLiteEvidence.inMemory()
        try await store.save(EvidenceFixture.run)
        try await store.add([EvidenceQuestion(grn: "A"), EvidenceQuestion(grn: "B")])
        try await EvidenceFixture.judge(store, 1, Judgement(.inconclusive, why: "500"))
        try await EvidenceFixture.judge(store, 2, Judgement(.same))
        #expect(try await store.reopen(.inconclusive) == 1)
        let open = try await store.openPairs(from: 1, limit: 10)
        #expect(open.map(\.number) == [1])
        #expect(open[0].v1 == nil && open[0].v2 == nil)
    }
}

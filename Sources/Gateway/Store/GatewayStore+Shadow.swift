import Foundation
import GRDB

/// A pair that waits for its second half.
struct ShadowEntry: Sendable, Equatable {
    /// The pair's number in the evidence.
    var pair: Int
    /// When its client was answered.
    var since: Date
    /// The id by which v1.0's answer can be asked for, where it was pending.
    var balanceID: String?
    /// The question, sealed.
    var question: Data
}

extension GatewayStore {
    func enqueue(_ entry: ShadowEntry) async throws {
        try await database.write { db in
            try db.execute(
                sql: "INSERT OR REPLACE INTO shadow (pair, since, balanceID, question) VALUES (?, ?, ?, ?)",
                arguments: [entry.pair, entry.since.timeIntervalSince1970, entry.balanceID, entry.question])
        }
    }

    func shadow(of pair: Int) async throws -> ShadowEntry? {
        try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM shadow WHERE pair = ?", arguments: [pair]).map { ShadowEntry($0) }
        }
    }

    func dequeue(_ pair: Int) async throws {
        try await database.write { db in
            try db.execute(sql: "DELETE FROM shadow WHERE pair = ?", arguments: [pair])
        }
    }

    /// All that wait, oldest first, without their questions.
    func waiting() async throws -> [ShadowEntry] {
        try await database.read { db in
            try Row.fetchAll(db, sql: "SELECT pair, since, balanceID, x'' AS question FROM shadow ORDER BY pair")
                .map { ShadowEntry($0) }
        }
    }
}

extension ShadowEntry {
    fileprivate init(_ row: Row) {
        self.init(
            pair: row["pair"], since: Date(timeIntervalSince1970: row["since"]), balanceID: row["balanceID"],
            question: row["question"])
    }
}

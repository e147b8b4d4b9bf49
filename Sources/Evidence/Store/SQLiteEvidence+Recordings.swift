import Foundation
import GRDB

extension SQLiteEvidence {
    package func hasRecordings(of side: EvidenceSide) async throws(EvidenceError) -> Bool {
        try await read { db in
            try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM run WHERE name = ?)", arguments: [side.flag])
                ?? false
        }
    }

    package func removeRecordings(of side: EvidenceSide) async throws(EvidenceError) {
        try await write { db in
            try db.execute(
                sql: "DELETE FROM exchange WHERE side = ? AND source IS NOT NULL", arguments: [side.rawValue])
            try db.execute(sql: "DELETE FROM recordedQuestion WHERE side = ?", arguments: [side.rawValue])
        }
    }

    package func add(_ recordings: [EvidenceRecording]) async throws(EvidenceError) {
        try await write { db in try Self.insert(recordings, db) }
    }

    /// The same for readers that can't wait without keeping their thread.
    package func addNow(_ recordings: [EvidenceRecording]) throws(EvidenceError) {
        do {
            try database.write { db in try Self.insert(recordings, db) }
        } catch {
            throw EvidenceError(.cantWrite, "\(name) can't be written: \(StoreFile.reason(error)).")
        }
    }

    private static func insert(_ recordings: [EvidenceRecording], _ db: Database) throws {
        for recording in recordings {
            switch recording.content {
            case .question: try insertQuestion(recording, db)
            case .answer(let exchange): try insert(exchange, recording, db)
            }
        }
    }

    /// Questions of one name that ask about different guarantees tell nothing.
    private static func insertQuestion(_ recording: EvidenceRecording, _ db: Database) throws {
        for key in recording.keys {
            try db.cachedExecute(
                """
                INSERT INTO recordedQuestion (side, key, grn, tin) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (side, key) DO UPDATE SET
                    grn = CASE WHEN grn IS ?3 THEN grn END, tin = CASE WHEN tin IS ?4 THEN tin END
                """, [recording.side.rawValue, key, recording.grn, recording.tin])
        }
    }

    private static func insert(_ exchange: EvidenceExchange, _ recording: EvidenceRecording, _ db: Database) throws {
        try db.cachedExecute(
            """
            INSERT INTO exchange (side, look, source, grn, tin, key, otherKey, method, path, sentAt, seconds, status,
                format, body, kind, condition, balance, currency, conclusive)
            VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                exchange.side.rawValue, exchange.source, recording.grn, recording.tin, recording.keys.first,
                recording.keys.dropFirst().first, exchange.method, exchange.path,
                exchange.sentAt?.timeIntervalSince1970, exchange.seconds, exchange.status, exchange.format,
                exchange.body, exchange.meaning?.kind, exchange.meaning?.condition, exchange.meaning?.balance,
                exchange.meaning?.currency, exchange.meaning?.isConclusive ?? false,
            ])
    }

    package func finishRecordings(of side: EvidenceSide, unreadable: Int, foreign: Int) async throws(EvidenceError) {
        try await write { db in
            for key in ["key", "otherKey"] {
                try db.execute(
                    sql: """
                        UPDATE exchange SET grn = question.grn, tin = COALESCE(exchange.tin, question.tin)
                        FROM recordedQuestion AS question
                        WHERE exchange.side = ?1 AND exchange.source IS NOT NULL AND exchange.grn IS NULL
                            AND question.side = ?1 AND question.key = exchange.\(key)
                        """, arguments: [side.rawValue])
            }
            // Of answers to one question about one guarantee one counts: the last that says something about it.
            try db.execute(
                sql: """
                    UPDATE exchange SET superseded = 1 WHERE id IN (
                        SELECT id FROM (
                            SELECT id, ROW_NUMBER() OVER (
                                PARTITION BY key, grn ORDER BY conclusive DESC, kind = 'pending', id DESC) AS place
                            FROM exchange WHERE side = ? AND source IS NOT NULL AND key IS NOT NULL)
                        WHERE place > 1)
                    """, arguments: [side.rawValue])
            for (name, count) in [(side.flag, 1), (side.unreadable, unreadable), (side.foreign, foreign)] {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO run (name, value) VALUES (?, ?)", arguments: [name, String(count)])
            }
        }
    }

    package func addPairs(from side: EvidenceSide, onePerGuarantee: Bool) async throws(EvidenceError) {
        try await write { db in
            let rank = """
                ROW_NUMBER() OVER (PARTITION BY grn ORDER BY conclusive DESC, kind = 'pending', sentAt IS NULL, sentAt DESC, id DESC)
                """
            // In the database, for there may be more of them than memory has room for.
            try db.execute(
                sql: """
                    CREATE TEMP TABLE chosen AS
                    SELECT ROW_NUMBER() OVER (ORDER BY id) AS number, id, grn, tin FROM (
                        SELECT id, grn, tin, \(onePerGuarantee ? rank : "1") AS rank FROM exchange
                        WHERE side = ? AND source IS NOT NULL AND grn IS NOT NULL AND NOT superseded)
                    WHERE rank = 1
                    """, arguments: [side.rawValue])
            try db.execute(
                sql: """
                    INSERT INTO pair (number, guarantee, grn, tin, country)
                    SELECT number, MIN(number) OVER (PARTITION BY UPPER(grn)), grn, tin,
                        CASE WHEN LENGTH(grn) >= 4 THEN SUBSTR(grn, 3, 2) END
                    FROM chosen
                    """)
            try db.execute(
                sql: "UPDATE exchange SET pair = chosen.number FROM chosen WHERE exchange.id = chosen.id")
            try db.execute(
                sql: "INSERT INTO outcome (pair, side, look, exchange) SELECT number, ?, 1, id FROM chosen",
                arguments: [side.rawValue])
            try db.execute(sql: "DROP TABLE chosen")
        }
    }
}

extension EvidenceSide {
    /// The names of what is noted of a side's recordings.
    var flag: String { "\(rawValue)Recorded" }
    var unreadable: String { "\(rawValue)Unreadable" }
    var foreign: String { "\(rawValue)Foreign" }
}

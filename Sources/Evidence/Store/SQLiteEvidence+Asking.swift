package import Foundation
import GRDB

extension SQLiteEvidence {
    package func willSend(_ exchange: EvidenceExchange) async throws(EvidenceError) -> Int64 {
        try await write { db in
            try db.cachedExecute(
                "INSERT INTO exchange (side, pair, look, method, path, sentAt, format) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    exchange.side.rawValue, exchange.pair, exchange.look.rawValue, exchange.method, exchange.path,
                    exchange.sentAt?.timeIntervalSince1970, exchange.format,
                ])
            return db.lastInsertedRowID
        }
    }

    package func ended(_ exchange: EvidenceExchange, arrived: Bool) async throws(EvidenceError) {
        try await write { db in
            try db.cachedExecute(
                """
                UPDATE exchange SET sentAt = ?, seconds = ?, status = ?, failure = ?, throttledBy = ?, body = ?,
                arrived = ? WHERE id = ?
                """,
                [
                    exchange.sentAt?.timeIntervalSince1970, exchange.seconds, exchange.status, exchange.failure,
                    exchange.throttledBy, exchange.body, arrived, exchange.id,
                ])
        }
    }

    package func settle(_ settlement: EvidenceSettlement) async throws(EvidenceError) {
        try await write { db in try Self.insert(settlement, db) }
    }

    static func insert(_ settlement: EvidenceSettlement, _ db: Database) throws {
        if let id = settlement.exchange, let meaning = settlement.meaning {
            try db.cachedExecute(
                "UPDATE exchange SET kind = ?, condition = ?, balance = ?, currency = ?, conclusive = ? WHERE id = ?",
                [meaning.kind, meaning.condition, meaning.balance, meaning.currency, meaning.isConclusive, id])
        }
        try db.cachedExecute(
            "INSERT OR REPLACE INTO outcome (pair, side, look, exchange, why) VALUES (?, ?, ?, ?, ?)",
            [
                settlement.pair, settlement.side.rawValue, settlement.look.rawValue, settlement.exchange,
                settlement.why,
            ])
    }

    package func reopen(_ pair: Int, _ side: EvidenceSide, _ look: Look) async throws(EvidenceError) {
        try await write { db in
            try db.cachedExecute(
                "DELETE FROM outcome WHERE pair = ? AND side = ? AND look = ?", [pair, side.rawValue, look.rawValue])
            try db.cachedExecute(
                "UPDATE exchange SET superseded = 1 WHERE pair = ? AND side = ? AND look = ?",
                [pair, side.rawValue, look.rawValue])
        }
    }

    package func closeInterrupted(failure: String, at moment: Date) async throws(EvidenceError) -> Int {
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE exchange SET failure = ?, seconds = MAX(? - sentAt, 0)
                    WHERE source IS NULL AND seconds IS NULL AND failure IS NULL AND status IS NULL
                    """, arguments: [failure, moment.timeIntervalSince1970])
            return db.changesCount
        }
    }

    package func calls(since moment: Date) async throws(EvidenceError) -> [EvidenceCall] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT pair, side, method, sentAt, seconds FROM exchange
                    WHERE source IS NULL AND arrived AND pair IS NOT NULL AND sentAt >= ? ORDER BY sentAt
                    """, arguments: [moment.timeIntervalSince1970]
            ).compactMap { row in
                guard let side = EvidenceSide(rawValue: row["side"]) else { return nil }
                return EvidenceCall(
                    pair: row["pair"], side: side, method: row["method"] ?? "",
                    sentAt: Date(timeIntervalSince1970: row["sentAt"]), seconds: row["seconds"])
            }
        }
    }

    /// The exchanges of one side and look of a pair that were not set aside, oldest first.
    package func exchanges(of pair: Int, _ side: EvidenceSide, _ look: Look) async throws(EvidenceError)
        -> [EvidenceExchange]
    {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM exchange WHERE pair = ? AND side = ? AND look = ? AND NOT superseded ORDER BY id",
                arguments: [pair, side.rawValue, look.rawValue]
            ).compactMap { EvidenceExchange($0) }
        }
    }
}

extension EvidenceExchange {
    init?(_ row: Row) {
        guard let side = EvidenceSide(rawValue: row["side"]) else { return nil }
        self.init(
            id: row["id"], side: side, pair: row["pair"], look: Look(rawValue: row["look"]) ?? .first,
            format: row["format"])
        grn = row["grn"]
        source = row["source"]
        method = row["method"]
        path = row["path"]
        sentAt = (row["sentAt"] as Double?).map { Date(timeIntervalSince1970: $0) }
        seconds = row["seconds"]
        status = row["status"]
        failure = row["failure"]
        throttledBy = row["throttledBy"]
        body = row["body"]
        meaning = (row["kind"] as String?).map {
            EvidenceMeaning(
                kind: $0, condition: row["condition"], balance: row["balance"], currency: row["currency"],
                isConclusive: row["conclusive"])
        }
    }
}

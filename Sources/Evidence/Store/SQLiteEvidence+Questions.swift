package import Comparison
package import Foundation
import GRDB

extension SQLiteEvidence {
    package func add(_ questions: [EvidenceQuestion]) async throws(EvidenceError) {
        try await write { db in
            for question in questions { try Self.insert(question, db) }
        }
    }

    package func add(
        _ question: EvidenceQuestion, asked exchange: EvidenceExchange, settles: Bool, why: String?
    ) async throws(EvidenceError) -> Int {
        try await write { db in
            try Self.insert(question, db)
            let pair = Int(db.lastInsertedRowID)
            try db.cachedExecute(
                """
                INSERT INTO exchange (side, pair, look, method, path, sentAt, seconds, status, failure, format, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    exchange.side.rawValue, pair, exchange.look.rawValue, exchange.method, exchange.path,
                    exchange.sentAt?.timeIntervalSince1970, exchange.seconds, exchange.status, exchange.failure,
                    exchange.format, exchange.body,
                ])
            let number = db.lastInsertedRowID
            guard settles else { return pair }
            try Self.insert(
                EvidenceSettlement(
                    pair: pair, side: exchange.side, look: exchange.look, exchange: why == nil ? number : nil,
                    meaning: exchange.meaning, why: why), db)
            return pair
        }
    }

    private static func insert(_ question: EvidenceQuestion, _ db: Database) throws {
        try db.cachedExecute(
            """
            INSERT INTO pair (number, guarantee, grn, tin, user, label, guaranteeType, country)
            SELECT next, COALESCE((SELECT guarantee FROM pair WHERE UPPER(grn) = UPPER(?1) LIMIT 1), next), ?1, ?2, ?3, ?4, ?5, ?6
            FROM (SELECT COALESCE(MAX(number), 0) + 1 AS next FROM pair)
            """,
            [
                question.grn, question.tin, question.user, question.label, question.guaranteeType,
                GRN(question.grn).country,
            ])
    }

    package func questions(from number: Int, limit: Int) async throws(EvidenceError) -> [EvidenceQuestion] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT grn, tin, user, label, guaranteeType FROM pair WHERE number >= ? ORDER BY number LIMIT ?",
                arguments: [number, limit]
            ).map { EvidenceQuestion($0) }
        }
    }

    package func pairCount() async throws(EvidenceError) -> Int {
        try await read { db in try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM pair") ?? 0 }
    }

    /// How many guarantees the pairs are about.
    package func guaranteeCount() async throws(EvidenceError) -> Int {
        try await read { db in try Int.fetchOne(db, sql: "SELECT COUNT(DISTINCT guarantee) FROM pair") ?? 0 }
    }

    /// How many pairs have lost their personal data to a purge.
    package func purgedPairCount() async throws(EvidenceError) -> Int {
        try await read { db in try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM pair WHERE grn = ''") ?? 0 }
    }

    package func openNumbers(from number: Int, limit: Int) async throws(EvidenceError) -> [Int] {
        try await read { db in
            try Int.fetchAll(
                db, sql: "SELECT number FROM pair WHERE class IS NULL AND number >= ? ORDER BY number LIMIT ?",
                arguments: [number, limit])
        }
    }

    package func classCounts() async throws(EvidenceError) -> [PairClass: Int] {
        try await read { db in try PairClass.counts(db) }
    }

    package func openPairs(from number: Int, limit: Int) async throws(EvidenceError) -> [EvidencePair] {
        try await read { db in
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT * FROM pair WHERE class IS NULL AND number >= ? ORDER BY number LIMIT ?",
                arguments: [number, limit])
            return try rows.map { try EvidencePair($0, db) }
        }
    }

    package func judge(_ judgements: [(pair: Int, judgement: Judgement)], at moment: Date) async throws(EvidenceError) {
        try await write { db in
            for (pair, judgement) in judgements {
                try db.cachedExecute(
                    "UPDATE pair SET class = ?, rule = ?, why = ?, judgedAt = ? WHERE number = ?",
                    [
                        judgement.pairClass.rawValue, judgement.rule, judgement.why, moment.timeIntervalSince1970, pair,
                    ])
                for (ordinal, difference) in judgement.differences.enumerated() {
                    try db.cachedExecute(
                        """
                        INSERT OR REPLACE INTO difference (pair, ordinal, aspect, place, v1, v2)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                        [
                            pair, ordinal, difference.aspect.rawValue, difference.place, difference.left,
                            difference.right,
                        ])
                }
            }
        }
    }

    package func reopen(_ pairClass: PairClass) async throws(EvidenceError) -> Int {
        try await write { db in
            let pairs = "SELECT number FROM pair WHERE class = ?"
            try db.execute(sql: "DELETE FROM outcome WHERE pair IN (\(pairs))", arguments: [pairClass.rawValue])
            try db.execute(sql: "DELETE FROM difference WHERE pair IN (\(pairs))", arguments: [pairClass.rawValue])
            // A recorded answer is there to be paired again.
            try db.execute(
                sql: "UPDATE exchange SET pair = NULL WHERE source IS NOT NULL AND pair IN (\(pairs))",
                arguments: [pairClass.rawValue])
            // What was asked before is not gone on with: each question is put anew.
            try db.execute(
                sql: "UPDATE exchange SET superseded = 1 WHERE source IS NULL AND pair IN (\(pairs))",
                arguments: [pairClass.rawValue])
            try db.execute(
                sql: "UPDATE pair SET class = NULL, rule = NULL, why = NULL, judgedAt = NULL WHERE class = ?",
                arguments: [pairClass.rawValue])
            return db.changesCount
        }
    }
}

extension EvidenceQuestion {
    init(_ row: Row) {
        self.init(
            grn: row["grn"], tin: row["tin"], user: row["user"], label: row["label"],
            guaranteeType: row["guaranteeType"]
        )
    }
}

extension PairClass {
    /// How many pairs are of each class; classes without any are there with 0.
    static func counts(_ db: Database) throws -> [PairClass: Int] {
        var counts = Dictionary(uniqueKeysWithValues: allCases.map { ($0, 0) })
        let rows = try Row.fetchAll(
            db, sql: "SELECT class, COUNT(*) AS n FROM pair WHERE class IS NOT NULL GROUP BY 1")
        for row in rows { if let pairClass = PairClass(rawValue: row["class"]) { counts[pairClass] = row["n"] } }
        return counts
    }
}

extension EvidencePair {
    /// A pair with its outcomes and differences.
    init(_ row: Row, _ db: Database) throws {
        self.init(number: row["number"], guarantee: row["guarantee"], question: EvidenceQuestion(row))
        country = row["country"]
        judgedAt = (row["judgedAt"] as Double?).map { Date(timeIntervalSince1970: $0) }
        let outcomes = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT outcome.side AS ofSide, outcome.look AS ofLook, outcome.why AS because, exchange.*
                    FROM outcome LEFT JOIN exchange ON exchange.id = outcome.exchange WHERE outcome.pair = ?
                    """), arguments: [number])
        while let row = try outcomes.next() {
            let exchange = (row["id"] as Int64?).flatMap { _ in EvidenceExchange(row) }
            let outcome = EvidenceOutcome(exchange: exchange, why: row["because"])
            switch (row["ofSide"] as String, row["ofLook"] as Int) {
            case ("v2", _): v2 = outcome
            case (_, 1): v1 = outcome
            default: again = outcome
            }
        }
        guard let pairClass = (row["class"] as String?).flatMap(PairClass.init) else { return }
        var judgement = Judgement(pairClass, rule: row["rule"], why: row["why"])
        if pairClass != .same {
            let differences = try Row.fetchCursor(
                db.cachedStatement(sql: "SELECT * FROM difference WHERE pair = ? ORDER BY ordinal"),
                arguments: [number])
            while let row = try differences.next() {
                guard let aspect = Difference.Aspect(rawValue: row["aspect"]) else { continue }
                judgement.differences.append(Difference(aspect, at: row["place"], row["v1"], row["v2"]))
            }
        }
        self.judgement = judgement
    }
}

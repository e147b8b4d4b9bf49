import GRDB

/// Recorded answers and pairs: guarantee after guarantee, so that no more than one guarantee's answers are in memory.
extension SQLiteEvidence {
    package func pairRecordings(of sides: Set<EvidenceSide>) async throws(EvidenceError) {
        guard !sides.isEmpty else { return }
        var last = ""
        while true {
            let from = last
            let reached = try await write { db in
                let grns = try String.fetchAll(
                    db,
                    sql: "SELECT DISTINCT grn FROM pair WHERE class IS NULL AND grn > ? ORDER BY grn LIMIT 500",
                    arguments: [from])
                for grn in grns { try Self.pair(grn, sides, db) }
                return grns.last
            }
            guard let reached else { return }
            last = reached
        }
    }

    /// A recorded answer and the pair that it has, if any.
    private struct Candidate {
        var id: Int64
        var pair: Int?
        var answer: RecordingMatch.Answer
    }

    private static func pair(_ grn: String, _ sides: Set<EvidenceSide>, _ db: Database) throws {
        let numbers = try Int.fetchAll(
            db.cachedStatement(sql: "SELECT number FROM pair WHERE grn = ? AND class IS NULL ORDER BY number"),
            arguments: [grn])
        // Pairs that were made of a side's answers have theirs; all others take what fits best.
        var free: [EvidenceSide: [Int]] = [:]
        for side in sides {
            let settled = Set(
                try Int.fetchAll(
                    db.cachedStatement(
                        sql: """
                            SELECT outcome.pair FROM outcome JOIN pair ON pair.number = outcome.pair
                            WHERE pair.grn = ? AND pair.class IS NULL AND outcome.side = ?
                            """), arguments: [grn, side.rawValue]))
            free[side] = numbers.filter { !settled.contains($0) }
        }
        let candidates = try Dictionary(uniqueKeysWithValues: sides.map { ($0, try Self.candidates(grn, $0, db)) })
        func assign(_ candidate: Candidate?, _ side: EvidenceSide, to number: Int) throws {
            if let candidate {
                try db.cachedExecute("UPDATE exchange SET pair = ? WHERE id = ?", [number, candidate.id])
            }
            try insert(
                EvidenceSettlement(
                    pair: number, side: side, look: .first, exchange: candidate?.id,
                    why: candidate == nil ? "no answer about this guarantee is recorded" : nil), db)
            free[side]?.removeAll { $0 == number }
        }
        if let v1 = candidates[.v1], let v2 = candidates[.v2] {
            for (left, right) in RecordingMatch.pairs(v1.map(\.answer), v2.map(\.answer)) {
                let (one, other) = (v1[left], v2[right])
                if let number = one.pair ?? other.pair {
                    if one.pair == nil, free[.v1]?.contains(number) == true { try assign(one, .v1, to: number) }
                    if other.pair == nil, free[.v2]?.contains(number) == true { try assign(other, .v2, to: number) }
                } else if let number = free[.v1]?.first(where: { free[.v2]?.contains($0) == true }) {
                    try assign(one, .v1, to: number)
                    try assign(other, .v2, to: number)
                }
            }
        }
        for side in sides {
            // The latest answer that says something is the nearest to what is asked today.
            let rest = try Self.candidates(grn, side, db).filter { $0.pair == nil }
            for (index, number) in (free[side] ?? []).enumerated() {
                try assign(rest.indices.contains(index) ? rest[index] : nil, side, to: number)
            }
        }
    }

    /// The recorded answers of one side about a guarantee, those that say something first, the latest first.
    private static func candidates(_ grn: String, _ side: EvidenceSide, _ db: Database) throws -> [Candidate] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT exchange.id, exchange.pair, exchange.sentAt + COALESCE(exchange.seconds, 0) AS at, conclusive
                    FROM exchange LEFT JOIN pair ON pair.number = exchange.pair
                    WHERE exchange.side = ? AND exchange.grn = ? AND exchange.source IS NOT NULL
                        AND NOT exchange.superseded AND (exchange.pair IS NULL OR pair.class IS NULL)
                    ORDER BY conclusive DESC, kind = 'pending', at IS NULL, at DESC, exchange.id DESC
                    """), arguments: [side.rawValue, grn]
        ).map { row in
            Candidate(
                id: row["id"], pair: row["pair"],
                answer: RecordingMatch.Answer(at: row["at"], isConclusive: row["conclusive"]))
        }
    }
}

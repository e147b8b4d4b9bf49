package import Foundation
import GRDB

/// What a purge took out.
package struct PurgeResult: Sendable, Equatable {
    package var pairs: Int
    package var exchanges: Int
    /// Judged pairs that are younger, and pairs that are not judged yet: they stay as they are.
    package var kept: Int

    package init(pairs: Int, exchanges: Int, kept: Int) {
        self.pairs = pairs
        self.exchanges = exchanges
        self.kept = kept
    }
}

extension SQLiteEvidence {
    /// Removes personal data of pairs that were judged before a moment, and of recorded answers that no question asked
    /// about where the run began before it: GRNs, tax identifiers, labels, users, amounts, paths, sources and bodies.
    /// Classes, rules, strata, conditions, statuses and times stay, so that all counts are what they were.
    ///
    /// - Parameter moment: by the run's own clock.
    package func purge(before moment: Date) async throws(EvidenceError) -> PurgeResult {
        let result = try await write { db in
            let cutoff = moment.timeIntervalSince1970
            let run = try EvidenceRun(db)
            let isOldRun = run.map { $0.startedAt < moment } ?? false
            // A pair that was never judged is as old as its run, unless it is being asked about.
            let isIdle = """
                NOT EXISTS (SELECT 1 FROM exchange WHERE exchange.pair = pair.number AND source IS NULL
                            AND sentAt >= \(cutoff))
                """
            let isOld =
                isOldRun ? "(judgedAt < \(cutoff) OR judgedAt IS NULL AND \(isIdle))" : "judgedAt < \(cutoff)"
            let old = "SELECT number FROM pair WHERE \(isOld)"
            let pairs = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM pair WHERE \(isOld) AND grn <> ''") ?? 0
            try db.execute(sql: "UPDATE difference SET v1 = NULL, v2 = NULL WHERE pair IN (\(old))")
            let which = "(pair IN (\(old))" + (isOldRun ? " OR source IS NOT NULL AND pair IS NULL)" : ")")
            try db.execute(
                sql: """
                    UPDATE exchange SET grn = CASE WHEN grn IS NULL THEN NULL ELSE '' END, tin = NULL, key = NULL,
                        otherKey = NULL, source = CASE WHEN source IS NULL THEN NULL ELSE '' END, path = NULL,
                        body = NULL, balance = NULL
                    WHERE \(which) AND (path IS NOT NULL OR body IS NOT NULL OR balance IS NOT NULL OR source <> '')
                    """)
            let exchanges = db.changesCount
            try db.execute(
                sql: "UPDATE note SET pair = NULL, text = 'purged' WHERE at < ? OR pair IN (\(old))",
                arguments: [cutoff])
            try db.execute(sql: "UPDATE pair SET grn = '', tin = NULL, user = NULL, label = NULL WHERE \(isOld)")
            if isOldRun {
                try db.execute(sql: "DELETE FROM recordedQuestion")
                for side in EvidenceSide.allCases where run?.isLive(side) == false {
                    try db.execute(
                        sql: "UPDATE run SET value = 'purged' WHERE name = ?", arguments: [side.rawValue])
                }
            }
            let kept = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM pair WHERE grn <> ''") ?? 0
            return PurgeResult(pairs: pairs, exchanges: exchanges, kept: kept)
        }
        do {
            // What was overwritten still stands in the log and in pages that nobody uses any more.
            try await database.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                try db.execute(sql: "VACUUM")
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        } catch {
            throw EvidenceError(
                .cantWrite, "\(name) was purged, but its old pages can't be cleared: \(StoreFile.reason(error)).")
        }
        return result
    }
}

package import Comparison
import Foundation
import GRDB

extension SQLiteEvidence {
    /// The run in numbers.
    ///
    /// - Throws: `mismatch` where the store holds no run.
    package func summary() async throws(EvidenceError) -> EvidenceSummary {
        let name = name
        return try await read { db in
            guard let run = try EvidenceRun(db) else {
                throw EvidenceError(.mismatch, "\(name) holds no run: nctsbridge compare --store makes one.")
            }
            return try EvidenceSummary(run, db)
        }
    }

    /// Calls a closure with each pair, in the order of the list, and holds no more than one of them.
    ///
    /// - Parameter classes: nil: all pairs, open ones too.
    package func forEachPair(
        of classes: [PairClass]? = nil, limit: Int? = nil, _ body: (EvidencePair) throws -> Void
    ) throws {
        do {
            try database.read { db in try Self.forEachPair(of: classes, limit: limit, db, body) }
        } catch let error as DatabaseError {
            throw EvidenceError(.cantRead, "\(name) can't be read: \(StoreFile.reason(error)).")
        }
    }

    /// The latest pairs of some classes, the last first.
    package func latestPairs(of classes: [PairClass], limit: Int) async throws(EvidenceError) -> [EvidencePair] {
        try await read { db in
            let names = classes.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            return try Row.fetchAll(
                db, sql: "SELECT * FROM pair WHERE class IN (\(names)) ORDER BY number DESC LIMIT ?",
                arguments: [limit]
            ).map { try EvidencePair($0, db) }
        }
    }

    private static func forEachPair(
        of classes: [PairClass]?, limit: Int?, _ db: Database, _ body: (EvidencePair) throws -> Void
    ) throws {
        let filter = classes.map { classes in
            "WHERE class IN (\(classes.map { "'\($0.rawValue)'" }.joined(separator: ", ")))"
        }
        let rows = try Row.fetchCursor(
            db, sql: "SELECT * FROM pair \(filter ?? "") ORDER BY number LIMIT ?", arguments: [limit ?? -1])
        while let row = try rows.next() { try body(try EvidencePair(row, db)) }
    }
}

extension EvidenceSummary {
    init(_ run: EvidenceRun, _ db: Database) throws {
        let strata = try Self.strata(db)
        self.init(
            run: run, pairs: try Self.count(db, "pair"), open: try Self.count(db, "pair WHERE class IS NULL"),
            classes: try PairClass.counts(db), verdict: try Self.verdict(run, strata, db), strata: strata,
            kinds: try Self.kinds(db),
            rules: try Self.rules(db), inconclusive: try Self.inconclusive(db), timings: try Self.timings(db),
            stretches: try Self.stretches(run, db), recordings: try Self.recordings(db),
            purged: try Self.count(db, "pair WHERE grn = ''"), notes: try Self.notes(db))
    }

    private static func count(_ db: Database, _ what: String) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \(what)") ?? 0
    }

    private static func notes(_ db: Database) throws -> [EvidenceNote] {
        try Row.fetchAll(db, sql: "SELECT at, text FROM note WHERE pair IS NULL ORDER BY id DESC LIMIT 100").reversed()
            .map { EvidenceNote(at: Date(timeIntervalSince1970: $0["at"]), text: $0["text"]) }
    }

    private static let judged = PairClass.allCases.filter(\.isJudged).map { "'\($0.rawValue)'" }.joined(separator: ", ")

    // MARK: - The verdict

    private static func verdict(_ run: EvidenceRun, _ strata: [StratumCount], _ db: Database) throws -> VerdictReport {
        var tally = VerdictTally()
        tally.different = try count(db, "pair WHERE class = 'different'")
        // A mirror always has pairs that wait for their second half; those of a list are to be waited for.
        tally.open = run.isMirror ? 0 : try count(db, "pair WHERE class IS NULL")
        tally.listedGuarantees = try count(db, "(SELECT DISTINCT guarantee FROM pair)")
        tally.judgedGuarantees = try count(
            db, "(SELECT DISTINCT guarantee FROM pair WHERE class IN (\(judged)))")
        tally.differentGuarantees = try count(db, "(SELECT DISTINCT guarantee FROM pair WHERE class = 'different')")
        for stratum in strata { tally.judgedPerStratum[stratum.name] = stratum.judged }
        return VerdictReport(tally, strata: Set(strata.map(\.name)), rules: run.rules)
    }

    // MARK: - Counts

    private static func strata(_ db: Database) throws -> [StratumCount] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT country, guaranteeType, class, COUNT(*) AS n FROM pair GROUP BY 1, 2, 3")
        return counted(rows.map { (Strata.of(country: $0["country"], guaranteeType: $0["guaranteeType"]), $0) })
    }

    private static func kinds(_ db: Database) throws -> [StratumCount] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT COALESCE(one.kind, other.kind) AS kind,
                    CASE WHEN one.kind IS NULL THEN other.condition ELSE one.condition END AS condition,
                    class, COUNT(*) AS n
                FROM pair
                LEFT JOIN outcome AS first ON first.pair = number AND first.side = 'v1' AND first.look = 1
                LEFT JOIN exchange AS one ON one.id = first.exchange
                LEFT JOIN outcome AS second ON second.pair = number AND second.side = 'v2' AND second.look = 1
                LEFT JOIN exchange AS other ON other.id = second.exchange
                GROUP BY 1, 2, 3
                """)
        return counted(
            rows.map { row in
                let kind = (row["kind"] as String?).map { $0 == "answer" ? "balance" : $0 }
                return ([row["condition"] ?? kind ?? "no answer"], row)
            })
    }

    private static func counted(_ rows: [(names: [String], row: Row)]) -> [StratumCount] {
        var counts: [String: StratumCount] = [:]
        for (names, row) in rows {
            let count: Int = row["n"]
            for name in names {
                var stratum = counts[name] ?? StratumCount(name: name, classes: [:])
                if let pairClass = (row["class"] as String?).flatMap(PairClass.init) {
                    stratum.classes[pairClass, default: 0] += count
                } else {
                    stratum.open += count
                }
                counts[name] = stratum
            }
        }
        return counts.values.sorted { $0.name < $1.name }
    }

    private static func rules(_ db: Database) throws -> [(name: String, why: String?, count: Int)] {
        try Row.fetchAll(
            db,
            sql:
                "SELECT rule, MIN(why) AS why, COUNT(*) AS n FROM pair WHERE rule IS NOT NULL GROUP BY 1 ORDER BY 3 DESC, 1"
        ).map { ($0["rule"], $0["why"], $0["n"]) }
    }

    private static func inconclusive(_ db: Database) throws -> [(why: String, count: Int)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT COALESCE(why, 'no reason is known') AS why, COUNT(*) AS n FROM pair WHERE class = 'inconclusive'
                GROUP BY 1 ORDER BY 2 DESC, 1
                """
        ).map { ($0["why"], $0["n"]) }
    }

    private static func recordings(_ db: Database) throws -> [EvidenceSide: Recordings] {
        var all: [EvidenceSide: Recordings] = [:]
        func add(_ side: String, _ change: (inout Recordings) -> Void) {
            if let side = EvidenceSide(rawValue: side) { change(&all[side, default: Recordings()]) }
        }
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT side, pair IS NOT NULL AS paired, superseded, grn IS NULL AS unknown, COUNT(*) AS n
                FROM exchange WHERE source IS NOT NULL GROUP BY 1, 2, 3, 4
                """)
        for row in rows {
            let count: Int = row["n"]
            add(row["side"]) { recordings in
                if row["paired"] {
                    recordings.paired += count
                } else if row["superseded"] {
                    recordings.superseded += count
                } else if row["unknown"] {
                    recordings.unknown += count
                } else {
                    recordings.unasked += count
                }
            }
        }
        for side in EvidenceSide.allCases {
            for (name, path) in [(side.unreadable, \Recordings.unreadable), (side.foreign, \Recordings.foreign)] {
                let text = try String.fetchOne(db, sql: "SELECT value FROM run WHERE name = ?", arguments: [name])
                if let count = text.flatMap({ Int($0) }), count > 0 { add(side.rawValue) { $0[keyPath: path] = count } }
            }
        }
        return all
    }

    // MARK: - Time

    /// Calls of the run's own that got an answer.
    private static let answered = "exchange WHERE source IS NULL AND status IS NOT NULL AND seconds IS NOT NULL"

    private static func timings(_ db: Database) throws -> [EvidenceSide: Timing] {
        var timings: [EvidenceSide: Timing] = [:]
        for side in EvidenceSide.allCases {
            let calls = try count(db, "\(answered) AND side = '\(side.rawValue)'")
            guard calls > 0 else { continue }
            func percentile(_ share: Double) throws -> Double {
                // The smallest time that so large a share of the calls did not exceed.
                let rank = max(Int((share * Double(calls)).rounded(.up)), 1) - 1
                return try Double.fetchOne(
                    db, sql: "SELECT seconds FROM \(answered) AND side = ? ORDER BY seconds LIMIT 1 OFFSET ?",
                    arguments: [side.rawValue, rank]) ?? 0
            }
            timings[side] = Timing(
                calls: calls, median: try percentile(0.5), p95: try percentile(0.95), p99: try percentile(0.99))
        }
        return timings
    }

    private static func stretches(_ run: EvidenceRun, _ db: Database) throws -> [Stretch] {
        guard let row = try Row.fetchOne(db, sql: "SELECT MIN(judgedAt) AS first, MAX(judgedAt) AS last FROM pair"),
            let first = row["first"] as Double?, let last = row["last"] as Double?
        else { return [] }
        let start = min(first, run.startedAt.timeIntervalSince1970)
        let count = max(1, min(60, try Self.count(db, "pair WHERE class IS NOT NULL")))
        let length = max((last - start) / Double(count), 0.001)
        func slot(_ moment: Double) -> Int { min(max(Int((moment - start) / length), 0), count - 1) }
        var stretches = (0..<count).map { index in
            Stretch(
                from: Date(timeIntervalSince1970: start + Double(index) * length),
                until: Date(timeIntervalSince1970: start + Double(index + 1) * length), classes: [:], medians: [:],
                bound: 1)
        }
        var tallies = Array(repeating: (judged: 0, different: 0), count: count)
        let inSlot = "MIN(MAX(CAST((moment - \(start)) / \(length) AS INTEGER), 0), \(count - 1))"
        for row in try Row.fetchAll(
            db,
            sql: """
                SELECT \(inSlot) AS slot, class, COUNT(*) AS n
                FROM (SELECT judgedAt AS moment, class FROM pair WHERE class IS NOT NULL) GROUP BY 1, 2
                """)
        {
            guard let pairClass = PairClass(rawValue: row["class"]) else { continue }
            stretches[row["slot"]].classes[pairClass] = row["n"]
        }
        // A guarantee counts from when it was first judged, and as different from when it first was.
        for (filter, isDifferent) in [("IN (\(judged))", false), ("= 'different'", true)] {
            for row in try Row.fetchAll(
                db,
                sql: """
                    SELECT \(inSlot) AS slot, COUNT(*) AS n FROM (
                        SELECT MIN(judgedAt) AS moment FROM pair WHERE class \(filter) GROUP BY guarantee)
                    GROUP BY 1
                    """)
            {
                let slot: Int = row["slot"]
                if isDifferent { tallies[slot].different += row["n"] } else { tallies[slot].judged += row["n"] }
            }
        }
        var tally = VerdictTally()
        for slot in stretches.indices {
            tally.judgedGuarantees += tallies[slot].judged
            tally.differentGuarantees += tallies[slot].different
            stretches[slot].bound = VerdictReport(tally, strata: [], rules: run.rules).bound
        }
        try addMedians(to: &stretches, inSlot, db)
        return stretches
    }

    private static func addMedians(to stretches: inout [Stretch], _ inSlot: String, _ db: Database) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT side, slot, seconds FROM (
                    SELECT side, slot, seconds,
                        ROW_NUMBER() OVER (PARTITION BY side, slot ORDER BY seconds) AS place,
                        COUNT(*) OVER (PARTITION BY side, slot) AS n
                    FROM (SELECT side, seconds, \(inSlot) AS slot
                          FROM (SELECT side, seconds, sentAt AS moment FROM \(answered))))
                WHERE place = (n + 1) / 2
                """)
        while let row = try rows.next() {
            if let side = EvidenceSide(rawValue: row["side"]) { stretches[row["slot"]].medians[side] = row["seconds"] }
        }
    }
}

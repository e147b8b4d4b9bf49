import Comparison
import Foundation
import GRDB

extension SQLiteEvidence {
    package func run() async throws(EvidenceError) -> EvidenceRun? {
        try await read { db in try EvidenceRun(db) }
    }

    package func save(_ run: EvidenceRun) async throws(EvidenceError) {
        try await write { db in
            for (name, value) in run.settings {
                try db.cachedExecute("INSERT OR REPLACE INTO run (name, value) VALUES (?, ?)", [name, value])
            }
            if run.rules.population == nil { try db.cachedExecute("DELETE FROM run WHERE name = 'population'", []) }
        }
    }

    package func add(_ note: EvidenceNote) async throws(EvidenceError) {
        try await write { db in
            try db.cachedExecute(
                "INSERT INTO note (at, pair, text) VALUES (?, ?, ?)",
                [note.at.timeIntervalSince1970, note.pair, note.text])
        }
    }
}

extension Database {
    /// Runs a statement that is prepared once.
    func cachedExecute(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}

extension EvidenceRun {
    fileprivate var settings: [(String, String)] {
        var settings = [
            ("toolVersion", toolVersion), ("startedAt", String(startedAt.timeIntervalSince1970)),
            ("timeScale", String(timeScale)), ("v1", v1), ("v2", v2), ("isV1Live", String(isV1Live)),
            ("isV2Live", String(isV2Live)), ("allowedDifferent", String(rules.allowedDifferent)),
            ("maximumRate", String(rules.maximumRate)), ("minimumPerStratum", String(rules.minimumPerStratum)),
            ("comparableWithin", String(comparableWithin)), ("keepsIdentifiers", String(keepsIdentifiers)),
            ("mappings", mappings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "\n")),
        ]
        if isMirror { settings.append(("isMirror", "true")) }
        if let keyCheck { settings.append(("keyCheck", keyCheck)) }
        if let population = rules.population { settings.append(("population", String(population))) }
        return settings
    }

    /// The run that a store holds; nil where it holds none.
    init?(_ db: Database) throws {
        let rows = try Row.fetchAll(db, sql: "SELECT name, value FROM run")
        let values = Dictionary(rows.map { ($0["name"] as String, $0["value"] as String) }) { first, _ in first }
        guard let version = values["toolVersion"], let start = values["startedAt"].flatMap(Double.init) else {
            return nil
        }
        self.init(
            toolVersion: version, startedAt: Date(timeIntervalSince1970: start), v1: values["v1"] ?? "",
            v2: values["v2"] ?? "", isV1Live: values["isV1Live"] == "true", isV2Live: values["isV2Live"] == "true")
        timeScale = values["timeScale"].flatMap(Double.init) ?? 1
        rules.allowedDifferent = values["allowedDifferent"].flatMap { Int($0) } ?? 0
        rules.maximumRate = values["maximumRate"].flatMap(Double.init) ?? rules.maximumRate
        rules.minimumPerStratum = values["minimumPerStratum"].flatMap { Int($0) } ?? 1
        rules.population = values["population"].flatMap { Int($0) }
        comparableWithin = values["comparableWithin"].flatMap(Double.init) ?? 300
        keepsIdentifiers = values["keepsIdentifiers"] == "true"
        keyCheck = values["keyCheck"]
        isMirror = values["isMirror"] == "true"
        for line in (values["mappings"] ?? "").split(separator: "\n") {
            let parts = line.split(separator: " ")
            if parts.count == 2, let revision = Int(parts[1]) { mappings[String(parts[0])] = revision }
        }
    }
}

import Evidence
package import Foundation
import GRDB
package import GuaranteeAdapter

/// What a gateway must not forget: questions that clients will ask about, and the mirror's queue. Their contents are
/// sealed: the file alone tells when something was asked, and nothing else.
package final class GatewayStore: Sendable {
    let database: any DatabaseWriter
    private let lock: WriterLock?

    private init(_ database: any DatabaseWriter, lock: WriterLock?) {
        self.database = database
        self.lock = lock
    }

    /// "NCTG" in ASCII says that a SQLite file is a gateway's.
    private static let file = StoreFile("store of a gateway", applicationID: 0x4E43_5447, version: 1) {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(
                sql: """
                    CREATE TABLE request (
                        id TEXT PRIMARY KEY,
                        client TEXT NOT NULL,
                        requestedAt REAL NOT NULL,
                        question BLOB NOT NULL,
                        answer BLOB
                    ) WITHOUT ROWID;
                    CREATE INDEX requestByAge ON request (requestedAt);
                    CREATE INDEX pendingRequest ON request (requestedAt) WHERE answer IS NULL;

                    CREATE TABLE shadow (
                        pair INTEGER PRIMARY KEY,
                        since REAL NOT NULL,
                        balanceID TEXT,
                        question BLOB NOT NULL
                    );

                    PRAGMA application_id = \(0x4E43_5447);
                    PRAGMA user_version = 1;
                    """)
        }
        return migrator
    }

    /// - Throws: `EvidenceError`: `busy` where another gateway uses it, `unknown` where it is something else, `cantWrite`.
    package static func forWriting(_ path: String) throws -> GatewayStore {
        let (database, lock) = try file.open(path)
        return GatewayStore(database, lock: lock)
    }

    /// Refuses a file that is none, and changes nothing in it.
    package static func check(_ path: String) throws { try file.check(path) }

    /// A store that lives as long as the gateway.
    package static func inMemory() throws -> GatewayStore { GatewayStore(try file.openInMemory(), lock: nil) }

    package func close() {
        (database as? DatabasePool)?.invalidateReadOnlyConnections()
        try? database.close()
        lock?.release()
    }
}

extension GatewayStore: RequestStore {
    package func keep(_ request: KeptRequest) async throws {
        try await database.write { db in
            try db.execute(
                sql: "INSERT INTO request (id, client, requestedAt, question) VALUES (?, ?, ?, ?)",
                arguments: [request.id, request.client, request.requestedAt.timeIntervalSince1970, request.question])
        }
    }

    package func complete(_ id: String, answer: Data) async throws {
        try await database.write { db in
            try db.execute(sql: "UPDATE request SET answer = ? WHERE id = ?", arguments: [answer, id])
        }
    }

    package func request(_ id: String) async throws -> KeptRequest? {
        try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM request WHERE id = ?", arguments: [id]).map { KeptRequest($0) }
        }
    }

    package func pending() async throws -> [KeptRequest] {
        try await database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM request WHERE answer IS NULL ORDER BY requestedAt, id")
                .map { KeptRequest($0) }
        }
    }

    package func pendingCount() async throws -> Int {
        try await database.read { db in
            try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM request WHERE answer IS NULL") ?? 0
        }
    }

    package func forget(before moment: Date) async throws {
        try await database.write { db in
            try db.execute(
                sql: "DELETE FROM request WHERE requestedAt < ?", arguments: [moment.timeIntervalSince1970])
        }
    }
}

extension KeptRequest {
    fileprivate init(_ row: Row) {
        self.init(
            id: row["id"], client: row["client"], requestedAt: Date(timeIntervalSince1970: row["requestedAt"]),
            question: row["question"], answer: row["answer"])
    }
}

import Comparison
import Foundation
import GRDB

/// Evidence in a SQLite file: a write-ahead log, one writer, any number of readers beside it.
package final class SQLiteEvidence: EvidenceStore {
    let database: any DatabaseWriter
    /// The file's name, for messages.
    package let name: String
    private let lock: WriterLock?

    private init(_ database: any DatabaseWriter, name: String, lock: WriterLock?) {
        self.database = database
        self.name = name
        self.lock = lock
    }

    /// Evidence that lives as long as this value does.
    package static func inMemory() throws(EvidenceError) -> SQLiteEvidence {
        do {
            let database = try DatabaseQueue(configuration: configuration())
            try Schema.migrator.migrate(database)
            return SQLiteEvidence(database, name: "the evidence", lock: nil)
        } catch {
            throw EvidenceError(.cantWrite, "Evidence can't be kept: \(reason(error)).")
        }
    }

    /// A store to write to: made where there is none. It is readable by its owner alone, and this process' alone until its
    /// end.
    ///
    /// - Throws: `busy` where another process writes to it, `unknown` where the file is something else, `cantWrite`.
    package static func forWriting(_ path: String) throws(EvidenceError) -> SQLiteEvidence {
        try prepareFile(path)
        do {
            try check(path)
            // By whatever links it is reached, it is one store.
            let lock = try WriterLock(of: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
            chmod(path, 0o600)
            let database = try DatabasePool(path: plain(path), configuration: configuration())
            try Schema.migrator.migrate(database)
            return SQLiteEvidence(database, name: path, lock: lock)
        } catch let error as EvidenceError {
            throw error
        } catch {
            throw EvidenceError(.cantWrite, "\(path) can't be written: \(reason(error)).")
        }
    }

    /// A store to read, also while another process writes to it.
    ///
    /// - Throws: `missing`, `unknown`, `cantRead`.
    package static func forReading(_ path: String) throws(EvidenceError) -> SQLiteEvidence {
        guard FileManager.default.fileExists(atPath: path) else {
            throw EvidenceError(.missing, "\(path) is not there: a run with --store makes it.")
        }
        do {
            try check(path)
            var configuration = configuration()
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA query_only = 1") }
            configuration.allowsUnsafeTransactions = true
            let database = try DatabaseQueue(path: plain(path), configuration: configuration)
            let isCurrent = try database.read { try Schema.migrator.hasCompletedMigrations($0) }
            guard isCurrent else {
                throw EvidenceError(.unknown, "\(path) holds no run yet, or one of an older version.")
            }
            // One moment's state for as long as it is read: counts and pairs fit together while a run goes on.
            try database.writeWithoutTransaction { db in
                try db.execute(sql: "BEGIN")
                _ = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master")
            }
            return SQLiteEvidence(database, name: path, lock: nil)
        } catch let error as EvidenceError {
            throw error
        } catch {
            throw EvidenceError(.cantRead, "\(path) can't be read: \(reason(error)).")
        }
    }

    /// Ends the use of the store, with its log written back: then the file alone is the whole of it.
    package func close() {
        // The last connection to go writes the log back and removes it, unless it can only read: so the writer goes last.
        (database as? DatabasePool)?.invalidateReadOnlyConnections()
        try? database.close()
        lock?.release()
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "nctsbridge.evidence"
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            // What a call returned from survives a power cut, and what was purged is gone from the file.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }

    /// A file's name that SQLite takes for nothing else: `:memory:` and `file:` mean something to it.
    private static func plain(_ path: String) -> String { path.hasPrefix("/") ? path : "./" + path }

    /// Makes the file for its owner alone, before SQLite would make it for all.
    private static func prepareFile(_ path: String) throws(EvidenceError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw EvidenceError(.cantWrite, "\(path) can't be written: \(String(cString: strerror(errno))).")
        }
        var status = stat()
        let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        Foundation.close(descriptor)
        guard isFile else { throw EvidenceError(.cantWrite, "\(path) is no regular file: name another.") }
    }

    /// Refuses a file that is something else, before anything is changed in it.
    private static func check(_ path: String) throws {
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            let database = try DatabaseQueue(path: plain(path), configuration: configuration)
            defer { try? database.close() }
            let (isKnown, version) = try database.read { db in
                let id = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
                // A process that was killed while it made the store has left a list of migrations, and none of them done.
                let tables =
                    try Int.fetchOne(
                        db,
                        sql: """
                            SELECT COUNT(*) FROM sqlite_master WHERE name NOT LIKE 'grdb%' AND name NOT LIKE 'sqlite%'
                            """) ?? 0
                let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                return (id == Schema.applicationID || id == 0 && tables == 0, version)
            }
            guard isKnown else {
                throw EvidenceError(.unknown, "\(path) is no store of evidence: name another file.")
            }
            guard version <= Schema.version else {
                throw EvidenceError(.unknown, "\(path) was written by a newer nctsbridge: use that one, or a newer.")
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
            throw EvidenceError(.unknown, "\(path) is no store of evidence: name another file.")
        }
    }

    static func reason(_ error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "\(error)" }
        // SQLite's message alone: GRDB's description has the statement too, with what is written.
        return error.message ?? "SQLite's error \(error.resultCode.rawValue)"
    }

    // MARK: - For the extensions

    func write<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws(EvidenceError)
        -> Value
    {
        do { return try await database.write(body) } catch let error as EvidenceError { throw error } catch {
            throw EvidenceError(.cantWrite, "\(name) can't be written: \(Self.reason(error)).")
        }
    }

    func read<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws(EvidenceError)
        -> Value
    {
        do { return try await database.read(body) } catch let error as EvidenceError { throw error } catch {
            throw EvidenceError(.cantRead, "\(name) can't be read: \(Self.reason(error)).")
        }
    }
}

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
            return SQLiteEvidence(try Schema.file.openInMemory(), name: "the evidence", lock: nil)
        } catch {
            throw EvidenceError(.cantWrite, "Evidence can't be kept: \(StoreFile.reason(error)).")
        }
    }

    /// A store to write to: made where there is none. It is readable by its owner alone, and this process' alone until its
    /// end.
    ///
    /// - Throws: `busy` where another process writes to it, `unknown` where the file is something else, `cantWrite`.
    package static func forWriting(_ path: String) throws(EvidenceError) -> SQLiteEvidence {
        let (database, lock) = try Schema.file.open(path)
        return SQLiteEvidence(database, name: path, lock: lock)
    }

    /// A store to read, also while another process writes to it.
    ///
    /// - Throws: `missing`, `unknown`, `cantRead`.
    package static func forReading(_ path: String) throws(EvidenceError) -> SQLiteEvidence {
        guard FileManager.default.fileExists(atPath: path) else {
            throw EvidenceError(.missing, "\(path) is not there: a run with --store makes it.")
        }
        do {
            try Schema.file.check(path)
            var configuration = StoreFile.configuration()
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA query_only = 1") }
            configuration.allowsUnsafeTransactions = true
            let database = try DatabaseQueue(path: StoreFile.plain(path), configuration: configuration)
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
            throw EvidenceError(.cantRead, "\(path) can't be read: \(StoreFile.reason(error)).")
        }
    }

    /// Ends the use of the store, with its log written back: then the file alone is the whole of it.
    package func close() {
        // The last connection to go writes the log back and removes it, unless it can only read: so the writer goes last.
        (database as? DatabasePool)?.invalidateReadOnlyConnections()
        try? database.close()
        lock?.release()
    }

    // MARK: - For the extensions

    func write<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws(EvidenceError)
        -> Value
    {
        do { return try await database.write(body) } catch let error as EvidenceError { throw error } catch {
            throw EvidenceError(.cantWrite, "\(name) can't be written: \(StoreFile.reason(error)).")
        }
    }

    func read<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws(EvidenceError)
        -> Value
    {
        do { return try await database.read(body) } catch let error as EvidenceError { throw error } catch {
            throw EvidenceError(.cantRead, "\(name) can't be read: \(StoreFile.reason(error)).")
        }
    }
}

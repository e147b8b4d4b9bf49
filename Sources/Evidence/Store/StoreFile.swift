import Foundation
package import GRDB

/// A SQLite file of this toolkit's: a write-ahead log, one writer, any number of readers beside it.
package struct StoreFile: Sendable {
    /// What it is, for messages: `store of evidence`.
    private let what: String
    /// Says which kind of store a file is.
    private let applicationID: Int
    /// What `PRAGMA user_version` says: raised with each migration.
    private let version: Int
    private let migrator: @Sendable () -> DatabaseMigrator

    package init(
        _ what: String, applicationID: Int, version: Int, migrator: @escaping @Sendable () -> DatabaseMigrator
    ) {
        self.what = what
        self.applicationID = applicationID
        self.version = version
        self.migrator = migrator
    }

    /// A file to write to: made where there is none. It is readable by its owner alone, and this process' alone until its
    /// end.
    ///
    /// - Throws: `busy` where another process writes to it, `unknown` where the file is something else, `cantWrite`.
    package func open(_ path: String) throws(EvidenceError) -> (DatabasePool, WriterLock) {
        try Self.prepareFile(path)
        do {
            try check(path)
            // By whatever links it is reached, it is one store.
            let lock = try WriterLock(of: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
            chmod(path, 0o600)
            let database = try DatabasePool(path: Self.plain(path), configuration: Self.configuration())
            try migrator().migrate(database)
            return (database, lock)
        } catch let error as EvidenceError {
            throw error
        } catch {
            throw EvidenceError(.cantWrite, "\(path) can't be written: \(Self.reason(error)).")
        }
    }

    /// A store that lives as long as the value does.
    package func openInMemory() throws -> DatabaseQueue {
        let database = try DatabaseQueue(configuration: Self.configuration())
        try migrator().migrate(database)
        return database
    }

    static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "nctsbridge.store"
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            // What a call returned from survives a power cut, and what was purged is gone from the file.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }

    /// A file's name that SQLite takes for nothing else: `:memory:` and `file:` mean something to it.
    static func plain(_ path: String) -> String { path.hasPrefix("/") ? path : "./" + path }

    /// Makes the file for its owner alone, before SQLite would make it for all.
    private static func prepareFile(_ path: String) throws(EvidenceError) {
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw EvidenceError(.cantWrite, "\(path) can't be written: \(String(cString: strerror(errno))).")
        }
        var status = stat()
        let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        Foundation.close(descriptor)
        guard isFile else { throw EvidenceError(.cantWrite, "\(path) is no regular file: name another.") }
    }

    /// Refuses a file that is something else, before anything is changed in it.
    package func check(_ path: String) throws {
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            let database = try DatabaseQueue(path: Self.plain(path), configuration: configuration)
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
                return (id == applicationID || id == 0 && tables == 0, version)
            }
            guard isKnown else {
                throw EvidenceError(.unknown, "\(path) is no \(what): name another file.")
            }
            guard version <= self.version else {
                throw EvidenceError(.unknown, "\(path) was written by a newer nctsbridge: use that one, or a newer.")
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
            throw EvidenceError(.unknown, "\(path) is no \(what): name another file.")
        }
    }

    package static func reason(_ error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "\(error)" }
        // SQLite's message alone: GRDB's description has the statement too, with what is written.
        return error.message ?? "SQLite's error \(error.resultCode.rawValue)"
    }
}

import GRDB

/// The tables of a store, and how older ones become them.
enum Schema {
    /// Says that a SQLite file is a store of evidence: "NCTB" in ASCII.
    static let applicationID = 0x4E43_5442
    /// What `PRAGMA user_version` says: raised with each migration.
    static let version = 1

    static let file = StoreFile("store of evidence", applicationID: applicationID, version: version) { migrator }

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(sql: first)
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: "PRAGMA user_version = 1")
        }
        return migrator
    }

    /// Moments are seconds since 1970, by the run's own clock. `source` is set on recorded exchanges alone.
    private static let first = """
        CREATE TABLE run (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE pair (
            number INTEGER PRIMARY KEY,
            guarantee INTEGER NOT NULL,
            grn TEXT NOT NULL,
            tin TEXT,
            user TEXT,
            label TEXT,
            guaranteeType TEXT,
            country TEXT,
            class TEXT,
            rule TEXT,
            why TEXT,
            judgedAt REAL
        );
        CREATE INDEX pairByGRN ON pair (grn);
        CREATE INDEX pairByFoldedGRN ON pair (UPPER(grn));
        CREATE INDEX openPair ON pair (number) WHERE class IS NULL;

        CREATE TABLE difference (
            pair INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            aspect TEXT NOT NULL,
            place TEXT,
            v1 TEXT,
            v2 TEXT,
            PRIMARY KEY (pair, ordinal)
        ) WITHOUT ROWID;

        CREATE TABLE exchange (
            id INTEGER PRIMARY KEY,
            side TEXT NOT NULL,
            pair INTEGER,
            look INTEGER NOT NULL,
            source TEXT,
            grn TEXT,
            tin TEXT,
            key TEXT,
            otherKey TEXT,
            superseded INTEGER NOT NULL DEFAULT 0,
            method TEXT,
            path TEXT,
            sentAt REAL,
            seconds REAL,
            status INTEGER,
            failure TEXT,
            arrived INTEGER NOT NULL DEFAULT 1,
            throttledBy TEXT,
            format TEXT NOT NULL,
            body BLOB,
            kind TEXT,
            condition TEXT,
            balance TEXT,
            currency TEXT,
            conclusive INTEGER NOT NULL DEFAULT 1
        );
        CREATE INDEX exchangeOfPair ON exchange (pair) WHERE pair IS NOT NULL;
        CREATE INDEX recordedExchange ON exchange (side, grn) WHERE source IS NOT NULL;
        CREATE INDEX exchangeByKey ON exchange (side, key) WHERE key IS NOT NULL;

        CREATE TABLE outcome (
            pair INTEGER NOT NULL,
            side TEXT NOT NULL,
            look INTEGER NOT NULL,
            exchange INTEGER,
            why TEXT,
            PRIMARY KEY (pair, side, look)
        ) WITHOUT ROWID;

        CREATE TABLE recordedQuestion (
            side TEXT NOT NULL,
            key TEXT NOT NULL,
            grn TEXT,
            tin TEXT,
            PRIMARY KEY (side, key)
        ) WITHOUT ROWID;

        CREATE TABLE note (id INTEGER PRIMARY KEY, at REAL NOT NULL, pair INTEGER, text TEXT NOT NULL);
        """
}

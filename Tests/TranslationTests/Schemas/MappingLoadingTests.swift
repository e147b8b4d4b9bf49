import Testing

@testable import Translation

@Suite("Mapping files that don't fit don't load")
struct MappingLoadingTests {
    /// The built-in files with one of them changed.
    private func load(_ file: String, replacing part: String, with other: String) throws -> MappingError {
        var contents: [String: [UInt8]] = [:]
        for name in MappingFiles.embedded.names { contents[name] = try MappingFiles.embedded.bytes(of: name) }
        let text = String(decoding: try #require(contents[file]), as: UTF8.self)
        try #require(text.contains(part))
        contents[file] = Array(text.replacingOccurrence(of: part, with: other).utf8)
        let error = #expect(throws: MappingError.self) { try MappingSet(MappingFiles(contents: contents)) }
        return try #require(error)
    }

    @Test("The built-in files load, and each leaf has its rule")
    func embedded() throws {
        let mappings = try MappingSet(.embedded)
        #expect(mappings.plans.count == MappingFiles.embedded.names.count { $0.hasPrefix("rules/") })
        for plan in mappings.plans {
            #expect(
                Set(plan.nodes.filter(\.isLeaf).map(\.field)) == Set(plan.file.rules.map(\.leaf)), "\(plan.message)")
        }
    }

    static let edits: [(file: String, part: String, other: String, says: String)] = [
        ("rules/CD037A.yaml", "  TRAPRIRC1/TINRC159: {move: tin}\n", "", "TRAPRIRC1/TINRC159"),
        ("rules/CD037A.yaml", "  PriMES15: drop\n", "  PriMES15: drop\n  PriMES16: drop\n", "PriMES16"),
        ("rules/CD037A.yaml", "  PriMES15: drop\n", "  PriMES15: drop\n  PriMES15: drop\n", "PriMES15"),
        ("rules/CD037A.yaml", "revision: 1\n", "revision: 1\nrevison: 2\n", "revison"),
        ("rules/CD037A.yaml", "revision: 1\n", "revision: one\n", "one"),
        ("rules/CD037A.yaml", "revision: 1\n", "", "revision"),
        ("rules/CD037A.yaml", "schema: CD037A.xsd", "schema: CD038A.xsd", "CD038A.xsd"),
        ("rules/CD037A.yaml", "message: CD037A", "message: CD034A", "two files"),
        ("rules/CD037A.yaml", "{move: tin}", "{move: tn}", "tn"),
        ("rules/CD037A.yaml", "{move: tin}", "{mvoe: tin}", "mvoe"),
        ("rules/CD037A.yaml", "{move: tin}", "{move: tin, date: completedAt}", "two operators"),
        ("rules/CD037A.yaml", "{move: tin}", "{secret: true}", "no operator"),
        ("rules/CD037A.yaml", "{move: tin}", "forget", "drop"),
        ("rules/CD037A.yaml", "{move: tin}", "{move: reason.type}", "reasons"),
        ("rules/CD037A.yaml", "lists: {GUAREF2: guarantees}", "lists: {GUAREF3: guarantees}", "GUAREF3"),
        ("rules/CD037A.yaml", "lists: {GUAREF2: guarantees}", "lists: {GUAREF2: guaranties}", "guaranties"),
        ("rules/CD037A.yaml", "answers: MesRecMES6", "answers: MesRecMES7", "MesRecMES7"),
        ("rules/CD037A.yaml", "says: answer", "says: reply", "reply"),
        ("rules/v1-query.yaml", "has: [body/accessCode, body/taxIdentifier]", "has: [body/accesCode]", "accesCode"),
        ("rules/v2-query.yaml", "hasNot: [body/taxIdentifier, body/guaranteeReference]", "hasnt: [body]", "hasnt"),
        ("rules/v2-query.yaml", "pattern: \"[0-9]{2}(GB|XI)[A-Z0-9]{12}[0-9]\"", "pattern: \"(GB\"", "pattern"),
        (
            "rules/v2-query.yaml", "/customs/guarantees/{}/balance\", of", "/customs/guarantees/balance\", of",
            "template"
        ),
        ("schemas/v2-query.json", "\"accessCode\"", "\"access\"", "access"),
        ("schemas/CD034A.xsd", "xs:sequence", "xs:all", "sequence"),
        ("tables/conditions.yaml", "condition: gone", "conditoin: gone", "conditoin"),
        ("tables/conditions.yaml", "outcome: ambiguous", "outcome: perhaps", "perhaps"),
        ("tables/conditions.yaml", "    v2-json: {none: v2.0 is not withdrawn}\n", "", "v2-json"),
        ("tables/conditions.yaml", "kind: refusal", "kind: refusel", "refusel"),
        ("rules/CD034A.yaml", "rules:\n", "rules: [\n", "YAML"),
    ]

    @Test("The error names the file and what to mend", arguments: edits)
    func refused(file: String, part: String, other: String, says: String) throws {
        let error = try load(file, replacing: part, with: other)
        #expect(error.description.contains(says), "\(error)")
        let stem = file.split(separator: "/")[1].split(separator: ".")[0]
        #expect(error.file.contains(stem) || error.file.contains(says) || says == "two files", "\(error)")
    }

    @Test(
        "Tables that name what is not there are refused, and so are rows that nothing can reach",
        arguments: [
            ("as: v1-bad-request", "as: v1-bad-reqest", "v1-bad-reqest"),
            ("condition: gone", "condition: throttled", "throttled"),
        ])
    func tables(part: String, other: String, says: String) throws {
        let error = try load("tables/conditions.yaml", replacing: part, with: other)
        #expect(error.description.contains(says), "\(error)")
    }

    @Test("A rule's condition must be in the table")
    func unknownCondition() throws {
        let error = try load("rules/CC917A.yaml", replacing: "condition: server-error", with: "condition: sever-error")
        #expect(error.description.contains("sever-error"), "\(error)")
    }
}

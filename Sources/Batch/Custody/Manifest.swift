import Crypto
package import Foundation
import GuaranteeConversion
package import Translation

/// What a run read, with what, and what it wrote: the chain of custody of an archive (`docs/custody.md`).
package struct Manifest: Codable, Sendable {
    package struct Tool: Codable, Sendable {
        package var name = "nctsbridge"
        package var version: String
    }

    package struct Mapping: Codable, Sendable {
        package var file: String
        package var revision: Int
        /// SHA-256 of the file.
        package var sha256: String
    }

    package struct Output: Codable, Sendable {
        /// What it holds: `output`, `remainder`, `findings`, `rejects`, `report`.
        package var kind: String
        package var file: FileDigest
    }

    package struct Counts: Codable, Sendable {
        package var read: Int
        package var converted: Int
        package var noCounterpart: Int
        package var rejected: Int
    }

    package static let schemaVersion = 1

    package var schemaVersion = Self.schemaVersion
    package var tool: Tool
    /// What the command was told, word by word.
    package var arguments: [String]
    /// What the run took for the present, and what its generated identifiers were made of: what converts once more needs them.
    package var clock: String
    package var seed: String
    package var mappings: [Mapping]
    package var inputs: [FileDigest]
    package var outputs: [Output]
    package var records: Counts

    package init(
        version: String, arguments: [String], clock: String, seed: UInt64, mappings: [Mapping], inputs: [FileDigest],
        written: [WrittenFile], tally: Tally
    ) throws(InputError) {
        tool = Tool(version: version)
        self.arguments = arguments
        self.clock = clock
        self.seed = String(seed)
        self.mappings = mappings
        self.inputs = inputs
        outputs = try written.map { file throws(InputError) in
            Output(kind: file.kind, file: try FileDigest(of: file.path))
        }
        records = Counts(
            read: tally.records.read, converted: tally.records.converted, noCounterpart: tally.records.noCounterpart,
            rejected: tally.records.rejected)
    }

    /// The mapping files that were in force.
    package static func digests(of files: MappingFiles, _ revisions: [(file: String, revision: Int)]) throws
        -> [Mapping]
    {
        try revisions.map { file, revision in
            Mapping(
                file: file, revision: revision,
                sha256: SHA256.hash(data: try files.bytes(of: file)).hexadecimal())
        }
    }

    /// The manifest as it is written and signed.
    package var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self) + Data("\n".utf8)
        }
    }

    /// - Throws: `InputError` where the bytes are no manifest of this version's.
    package init(parsing data: Data, path: String) throws(InputError) {
        do {
            self = try JSONDecoder().decode(Manifest.self, from: data)
        } catch {
            throw InputError(path: path, message: "is no manifest of this toolkit's")
        }
        guard schemaVersion == Self.schemaVersion else {
            throw InputError(path: path, message: "is a manifest of another version: \(schemaVersion)")
        }
    }
}

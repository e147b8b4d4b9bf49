import Crypto
import Foundation
import GuaranteeConversion
import Translation

/// How far a run had come when all that it had written was on the disk: what it goes on from after it was killed.
package struct Checkpoint: Codable, Sendable {
    package static let schemaVersion = 2

    package var schemaVersion = Self.schemaVersion
    /// Of everything that the output depends on: another input, or another option, is another run.
    package var fingerprint: String
    /// What the run took for the present, and what its generated identifiers were made of.
    package var clock: String
    package var seed: String
    /// Records that were read and written.
    package var records = 0
    /// How long each output was then that was not whole, by its path: bytes.
    package var outputs: [String: Int] = [:]
    /// Of a mirrored folder, the inputs of which nothing was converted: their numbers among those that had records.
    package var withoutOutput: [Int] = []
    package var tally = Tally.Stored()

    /// How many records lie between two of them.
    package var interval: Int

    package init(fingerprint: String, clock: String, seed: UInt64, interval: Int) {
        self.interval = interval
        self.fingerprint = fingerprint
        self.clock = clock
        self.seed = String(seed)
    }

    /// What stands for all that an output depends on.
    package static func fingerprint(of parts: [String]) -> String {
        SHA256.hash(data: Data(parts.joined(separator: "\u{0}").utf8)).hexadecimal()
    }

    /// - Returns: nil where there is none.
    /// - Throws: `InputError` where the file is something else.
    package static func load(_ path: String) throws(InputError) -> Checkpoint? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        guard let checkpoint = try? JSONDecoder().decode(Checkpoint.self, from: data),
            checkpoint.schemaVersion == schemaVersion
        else { throw InputError(path: path, message: "is no checkpoint of this version: take it away to begin anew") }
        return checkpoint
    }

    /// Puts it in the place of the one before, so that one of both is there whatever happens.
    package func save(to path: String) throws(OutputError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let data = try? encoder.encode(self) else { throw OutputError(path: path, message: "can't be written") }
        let file = try OutputFile(path)
        try file.write(Array(data))
        _ = try file.settle()
        try file.finish()
    }
}

extension Tally {
    /// Counts as they are kept.
    package struct Stored: Codable, Sendable {
        struct Lost: Codable, Sendable {
            var message: String
            var field: String
            var outcome: String
            var count: Int
        }

        var records: [Int] = []
        var messages: [String: [Int]] = [:]
        var leavesRead: [String: Int] = [:]
        var leavesWritten: [String: Int] = [:]
        var losses: [Lost] = []
        var rejects: [String: Int] = [:]
        var remarks: [String: Int] = [:]

        package init() {}
    }

    var stored: Stored {
        var stored = Stored()
        stored.records = records.counts
        stored.messages = messages.mapValues(\.counts)
        stored.leavesRead = Self.named(leavesRead)
        stored.leavesWritten = Self.named(leavesWritten)
        stored.losses = losses.map { loss, count in
            Stored.Lost(message: loss.message, field: loss.field, outcome: loss.outcome.rawValue, count: count)
        }
        stored.rejects = Self.named(rejects)
        stored.remarks = remarks
        return stored
    }

    init(_ stored: Stored) {
        records = Records(counts: stored.records)
        messages = stored.messages.mapValues(Records.init)
        leavesRead = Self.unnamed(stored.leavesRead)
        leavesWritten = Self.unnamed(stored.leavesWritten)
        for lost in stored.losses {
            guard let outcome = ReadOutcome(rawValue: lost.outcome) else { continue }
            losses[Loss(message: lost.message, field: lost.field, outcome: outcome)] = lost.count
        }
        rejects = Self.unnamed(stored.rejects)
        remarks = stored.remarks
    }

    private static func named<Key: RawRepresentable<String>>(_ counts: [Key: Int]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
    }

    private static func unnamed<Key: RawRepresentable<String> & Hashable>(_ counts: [String: Int]) -> [Key: Int] {
        var found: [Key: Int] = [:]
        for (name, count) in counts { if let key = Key(rawValue: name) { found[key] = count } }
        return found
    }
}

extension Tally.Records {
    fileprivate var counts: [Int] { [read, converted, noCounterpart, rejected] }

    fileprivate init(counts: [Int]) {
        guard counts.count == 4 else { return }
        read = counts[0]
        converted = counts[1]
        noCounterpart = counts[2]
        rejected = counts[3]
    }
}

import ArgumentParser
import Batch
import Crypto
import Foundation
import Translation

/// The checkpoint of a run that writes one file: kept while it runs, gone on from after it was cut off.
struct Resuming {
    private let path: String
    private let fingerprint: String

    /// nil where none is kept: the output is no file.
    init?(_ convert: Convert, _ files: [InputFile], _ outputs: RunOutputs, _ mappings: MappingSet) throws {
        guard case .file(let output) = outputs.output, output != "-", !files.contains(where: \.isStandardInput) else {
            if convert.resume { throw ValidationError("--resume goes on with an output of one file.") }
            return nil
        }
        path = output + ".checkpoint"
        var hash = SHA256()
        func add(_ text: String) { hash.update(data: Data((text + "\u{0}").utf8)) }
        add(ToolVersion.current)
        // How it is told of, and how many work at it, changes nothing.
        for argument in CommandLine.arguments.dropFirst(2) where !["--resume", "-q", "--quiet"].contains(argument) {
            add(argument)
        }
        for (file, revision) in mappings.revisions { add("\(file) \(revision)") }
        for path in files.map(\.path) + [convert.context.context].compactMap(\.self) {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            let changed = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            add("\(path) \((attributes?[.size] as? NSNumber)?.intValue ?? -1) \(changed)")
        }
        fingerprint = hash.finalize().map { String($0, radix: 16) }.joined(separator: ".")
    }

    /// The checkpoint to go on from, or that of a run that begins.
    func checkpoint(at moment: RunMoment, _ convert: Convert) throws -> Checkpoint {
        let new = Checkpoint(
            fingerprint: fingerprint, clock: moment.now, seed: moment.seed, interval: convert.checkpointEvery)
        guard convert.resume else {
            try? FileManager.default.removeItem(atPath: path)
            return new
        }
        guard let known = try Checkpoint.load(path) else {
            Terminal.error("There is no checkpoint \(path): it begins at the beginning.")
            return new
        }
        guard known.fingerprint == fingerprint else {
            throw ValidationError(
                "\(path) is of another run: other inputs, options, mappings, or another version. Without --resume it begins anew."
            )
        }
        return known
    }

    func save(_ checkpoint: Checkpoint) throws(OutputError) { try checkpoint.save(to: path) }

    /// The run is over: there is nothing to go on with.
    func end() { try? FileManager.default.removeItem(atPath: path) }
}

extension RunMoment {
    /// That of a run that is gone on with.
    init?(_ checkpoint: Checkpoint) {
        guard let seed = UInt64(checkpoint.seed) else { return nil }
        self.init(now: checkpoint.clock, seed: seed)
    }
}

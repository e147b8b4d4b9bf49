import ArgumentParser
import Batch
import Foundation
import Translation

/// The checkpoint of a run that writes files: kept while it runs, gone on from after it was cut off.
struct Resuming {
    private let path: String
    private let fingerprint: String

    /// nil where none is kept: an input or an output is no file.
    init?(_ convert: Convert, _ files: [InputFile], _ outputs: RunOutputs, _ mappings: MappingSet) throws {
        // What is found in folders is neither standard input nor a pipe.
        guard files.allSatisfy({ !$0.isStandardInput && (!$0.isNamed || Self.isFile($0.path)) }),
            outputs.files.allSatisfy(Self.isFile)
        else {
            if convert.resume { throw ValidationError("--resume goes on where all inputs and outputs are files.") }
            return nil
        }
        switch outputs.output {
        case .file(let path), .folder(let path): self.path = path + ".checkpoint"
        }
        var parts = [ToolVersion.current]
        // How it is told of, and how many work at it, changes nothing.
        var arguments = CommandLine.arguments.dropFirst(2)[...]
        while let argument = arguments.popFirst() {
            switch argument {
            case "--resume", "-q", "--quiet": break
            case "--jobs": _ = arguments.popFirst()
            default: if !argument.hasPrefix("--jobs=") { parts.append(argument) }
            }
        }
        for (file, revision) in mappings.revisions { parts.append("\(file) \(revision)") }
        if let folder = convert.mappings.mappings {
            for name in try convert.mappings.files.names {
                parts.append("\(name) \(try FileDigest(of: "\(folder)/\(name)").sha256)")
            }
        }
        for file in files { parts.append("\(file.path) \(file.status?.version ?? "")") }
        for path in [convert.context.context, convert.remainderRead(besides: outputs)].compactMap(\.self) {
            parts.append("\(path) \((try? FileStatus(path))?.version ?? "")")
        }
        fingerprint = Checkpoint.fingerprint(of: parts)
    }

    /// Whether a path is a regular file's, or free to become one's.
    private static func isFile(_ path: String) -> Bool {
        guard path != "-" else { return false }
        guard let status = try? FileStatus(path) else { return true }
        return status.kind == .file
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

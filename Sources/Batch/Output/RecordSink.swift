import Translation

/// Takes the results of a run in input order and writes each to its places.
final class RecordSink {
    /// Where records go: to one file, or to one for each input.
    private let output: OutputFile?
    private let mirror: MirroredFolder?
    /// That of all records; a mirrored folder's remainders may be in a folder of their own.
    private let remainder: OutputFile?
    private let findings: OutputFile?
    private let rejects: OutputFile?

    /// - Parameters:
    ///   - starts: how much of each file is there from an earlier run.
    ///   - withoutOutput: of a mirrored folder, the inputs of which that run converted nothing, as `settle` tells them.
    init(
        _ outputs: RunOutputs, target: MessageFormat, goingOnAt starts: [String: Int] = [:], withoutOutput: [Int] = []
    ) throws(OutputError) {
        func file(_ path: String?) throws(OutputError) -> OutputFile? {
            guard let path else { return nil }
            return try OutputFile(path, goingOnAt: starts[path])
        }
        findings = try file(outputs.findings)
        rejects = try file(outputs.rejects)
        switch outputs.output {
        case .file(let path):
            output = try file(path)
            mirror = nil
        case .folder(let folder):
            output = nil
            var remainders: String?
            if case .folder(let folder)? = outputs.remainder { remainders = folder }
            mirror = MirroredFolder(
                folder, remainders: remainders, target: target, reserved: outputs.reserved,
                withoutOutput: withoutOutput)
        }
        switch outputs.remainder {
        case .file(let path)?: remainder = try file(path)
        case .folder(let folder)? where mirror == nil: remainder = try file("\(folder)/remainder.ndjson")
        default: remainder = nil
        }
    }

    func take(_ result: RecordResult, of record: InputRecord, as form: OutputForm) throws(OutputError) {
        var result = result
        if let mirror { try mirror.take(&result, of: record, as: form) }
        if let bytes = result.output { try output?.write(bytes) }
        if let bytes = result.remainder { try remainder?.write(bytes) }
        if let bytes = result.findings { try findings?.write(bytes) }
        if let bytes = result.reject { try rejects?.write(bytes) }
    }

    // MARK: - Going on

    /// Passes over a record that an earlier run has done. `goOn` must follow before another is taken.
    func pass(_ record: InputRecord, as form: OutputForm) { mirror?.pass(record, as: form) }

    func goOn(at starts: [String: Int]) throws(OutputError) { try mirror?.goOn(at: starts) }

    /// What is on the disk, whatever happens.
    struct Settled {
        /// How long each file is that is not whole yet.
        var lengths: [String: Int] = [:]
        var withoutOutput: [Int] = []
    }

    /// Returns when all that was taken would survive a power cut.
    func settle() throws(OutputError) -> Settled {
        var settled = Settled()
        if let mirror {
            settled.lengths = try mirror.settle()
            settled.withoutOutput = mirror.withoutOutput.sorted()
        }
        for file in [output, remainder, findings, rejects].compactMap(\.self) {
            file.isKept = true
            settled.lengths[file.path] = try file.settle()
        }
        return settled
    }

    // MARK: - The end

    /// - Returns: what was written, in the order in which it was finished.
    func finish() throws(OutputError) -> [WrittenFile] {
        try mirror?.finish()
        var written = mirror?.written ?? []
        for (kind, file) in [
            ("output", output), ("remainder", remainder), ("findings", findings), ("rejects", rejects),
        ] {
            guard let file else { continue }
            try file.finish()
            written.append(WrittenFile(kind: kind, path: file.path))
        }
        return written
    }
}

/// A file that a run wrote.
package struct WrittenFile: Sendable {
    /// `output`, `remainder`, `findings`, `rejects`.
    package var kind: String
    package var path: String

    package init(kind: String, path: String) {
        self.kind = kind
        self.path = path
    }
}

/// Where the outputs of a run go.
package struct RunOutputs: Sendable {
    package var output: OutputPlace
    package var remainder: OutputPlace?
    package var findings: String?
    package var rejects: String?
    /// Names in a mirrored folder that are others': of what else is written there, or read.
    package var reserved: Set<String> = []

    /// Those that are single files.
    package var files: [String] {
        var files = [findings, rejects].compactMap(\.self)
        for place in [output, remainder].compactMap(\.self) { if case .file(let path) = place { files.append(path) } }
        return files
    }

    package init(output: OutputPlace) {
        self.output = output
    }
}

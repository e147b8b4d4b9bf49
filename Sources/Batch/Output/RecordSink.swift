import Translation

/// Takes the results of a run in input order and writes each to its places.
final class RecordSink {
    private let place: OutputPlace
    private let remainderPlace: OutputPlace?
    private let target: MessageFormat
    private var names = MirroredNames()
    private var output: OutputFile?
    private var remainder: OutputFile?
    private var current: InputFile?
    /// The file of a mirrored folder that is written now, below the folder.
    private var currentName: String?
    /// The files that were written whole, as what.
    private var written: [WrittenFile] = []
    private let findings: OutputFile?
    private let rejects: OutputFile?

    /// - Parameter starts: how much of each file is there from an earlier run.
    init(_ outputs: RunOutputs, target: MessageFormat, goingOnAt starts: [String: Int] = [:]) throws(OutputError) {
        place = outputs.output
        remainderPlace = outputs.remainder
        self.target = target
        findings = try outputs.findings.map { path throws(OutputError) in
            try OutputFile(path, goingOnAt: starts[path])
        }
        rejects = try outputs.rejects.map { path throws(OutputError) in try OutputFile(path, goingOnAt: starts[path]) }
        if case .file(let path) = place { output = try OutputFile(path, goingOnAt: starts[path]) }
        switch outputs.remainder {
        case .file(let path)?: remainder = try OutputFile(path, goingOnAt: starts[path])
        case .folder(let folder)? where output != nil: remainder = try OutputFile("\(folder)/remainder.ndjson")
        default: break
        }
    }

    func take(_ result: RecordResult, of record: InputRecord, as form: OutputForm) throws(OutputError) {
        if case .folder(let folder) = place, result.output != nil, current != record.file {
            try finishMirrored()
            current = record.file
            let suffix = form == .document ? target == .v1XML ? "xml" : "json" : "ndjson"
            let name = names.name(for: record.file.relativePath, extension: suffix)
            currentName = name
            output = try OutputFile("\(folder)/\(name)")
            if case .folder(let remainders)? = remainderPlace { remainder = try OutputFile("\(remainders)/\(name)") }
        }
        if let bytes = result.output { try output?.write(bytes) }
        if let bytes = result.remainder { try remainder?.write(naming(bytes)) }
        if let bytes = result.findings { try findings?.write(bytes) }
        if let bytes = result.reject { try rejects?.write(bytes) }
    }

    /// The remainder's line with the file that it belongs to, where there are many.
    private func naming(_ line: [UInt8]) -> [UInt8] {
        guard let currentName else { return line }
        var json = JSONStream()
        json.object { $0.member("output", currentName) }
        return json.bytes.dropLast() + [UInt8(ascii: ",")] + line.dropFirst()
    }

    private func finishMirrored() throws(OutputError) {
        try finish(output, "output")
        output = nil
        guard case .folder? = remainderPlace else { return }
        try finish(remainder, "remainder")
        remainder = nil
    }

    /// Returns when all that was taken would survive a power cut.
    ///
    /// - Returns: how long each file is then.
    func settle() throws(OutputError) -> [String: Int] {
        var lengths: [String: Int] = [:]
        for file in [output, remainder, findings, rejects].compactMap(\.self) {
            file.isKept = true
            lengths[file.path] = try file.settle()
        }
        return lengths
    }

    /// - Returns: what was written, in the order in which it was finished.
    func finish() throws(OutputError) -> [WrittenFile] {
        try finish(output, "output")
        try finish(remainder, "remainder")
        try finish(findings, "findings")
        try finish(rejects, "rejects")
        return written
    }

    private func finish(_ file: OutputFile?, _ kind: String) throws(OutputError) {
        guard let file else { return }
        try file.finish()
        written.append(WrittenFile(kind: kind, path: file.path))
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

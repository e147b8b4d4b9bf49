#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import Translation

/// The files of a folder that mirrors the inputs: one for each input of which something was converted, named after it.
final class MirroredFolder {
    private let folder: String
    /// Where each file's remainder goes, if anywhere.
    private let remainderFolder: String?
    private let target: MessageFormat
    private var names: MirroredNames
    /// The input whose records come now, and its number among those that had any.
    private var input: InputFile?
    private var number = -1
    private var output: OutputFile?
    private var remainder: OutputFile?
    /// Where the last file was put, below the folder: that is there.
    private var lastFolder: String?
    /// The name of the input's file below the folder, once there is one.
    private(set) var name: String?
    /// Numbers of inputs of which nothing was converted.
    private(set) var withoutOutput: Set<Int>
    /// The files that were written whole, as what.
    private(set) var written: [WrittenFile] = []
    /// Whether a file was closed since all of them were on the disk.
    private var hasUnsettled = false

    /// - Parameters:
    ///   - reserved: names that no input's file gets.
    ///   - withoutOutput: numbers of inputs of which an earlier run converted nothing.
    init(
        _ folder: String, remainders: String?, target: MessageFormat, reserved: Set<String> = [],
        withoutOutput: [Int] = []
    ) {
        names = MirroredNames(reserved: reserved)
        self.folder = folder
        remainderFolder = remainders
        self.target = target
        self.withoutOutput = Set(withoutOutput)
    }

    /// Writes a record's result. What is left of it for other files names the file that it belongs to.
    func take(_ result: inout RecordResult, of record: InputRecord, as form: OutputForm) throws(OutputError) {
        if record.file != input {
            try finish()
            enter(record.file)
            withoutOutput.insert(number)
        }
        guard let bytes = result.output else { return }
        if output == nil {
            withoutOutput.remove(number)
            name = names.name(for: record.file.relativePath, extension: suffix(form))
            try open(goingOnAt: nil)
        }
        try output?.write(bytes)
        result.remainder = result.remainder.map(naming)
        if let bytes = result.remainder { try remainder?.write(bytes) }
    }

    /// The remainder's line with the file that it belongs to.
    private func naming(_ line: [UInt8]) -> [UInt8] {
        var json = JSONStream()
        json.object { $0.member("output", name ?? "") }
        return json.bytes.dropLast() + [UInt8(ascii: ",")] + line.dropFirst()
    }

    private func enter(_ file: InputFile) {
        input = file
        number += 1
        name = nil
    }

    private func suffix(_ form: OutputForm) -> String {
        form == .document ? target == .v1XML ? "xml" : "json" : "ndjson"
    }

    private func open(goingOnAt starts: [String: Int]?) throws(OutputError) {
        guard let name, let path else { return }
        let below = name.lastIndex(of: "/").map { String(name[..<$0]) } ?? ""
        output = try OutputFile(path, goingOnAt: starts?[path], isAmongMany: below == lastFolder)
        if let path = remainderPath {
            remainder = try OutputFile(path, goingOnAt: starts?[path], isAmongMany: below == lastFolder)
        }
        lastFolder = below
    }

    private var path: String? { name.map { "\(folder)/\($0)" } }
    private var remainderPath: String? { remainderFolder.flatMap { folder in name.map { "\(folder)/\($0)" } } }

    /// Nothing more comes of the input whose records came last.
    func finish() throws(OutputError) {
        try output?.finish()
        try remainder?.finish()
        note()
        hasUnsettled = hasUnsettled || output != nil
        (output, remainder) = (nil, nil)
    }

    private func note() {
        if let path { written.append(WrittenFile(kind: "output", path: path)) }
        if let path = remainderPath { written.append(WrittenFile(kind: "remainder", path: path)) }
        name = nil
    }

    // MARK: - Going on

    /// Passes over a record that an earlier run has done.
    func pass(_ record: InputRecord, as form: OutputForm) {
        guard record.file != input else { return }
        note()
        enter(record.file)
        if !withoutOutput.contains(number) {
            name = names.name(for: record.file.relativePath, extension: suffix(form))
        }
    }

    /// Goes on with the file that the last record that was passed over went to.
    ///
    /// - Parameter starts: how much of each file is gone on with.
    func goOn(at starts: [String: Int]) throws(OutputError) { try open(goingOnAt: starts) }

    /// Returns when all that was taken would survive a power cut.
    ///
    /// - Returns: how long each file is that is not whole yet.
    func settle() throws(OutputError) -> [String: Int] {
        // One call for all files since the last time: to wait for each would take longer than all else.
        if hasUnsettled { sync() }
        hasUnsettled = false
        var lengths: [String: Int] = [:]
        for file in [output, remainder].compactMap(\.self) {
            file.isKept = true
            lengths[file.path] = try file.settle()
        }
        return lengths
    }
}

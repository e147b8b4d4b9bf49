import Batch
import Foundation
import Translation

extension Convert {
    /// Writes the manifest of a run, and its signature where a key is given.
    func write(
        _ path: String, _ tally: Tally, _ read: [InputFile], _ written: [WrittenFile], _ moment: RunMoment
    ) throws {
        let files = try mappings.files
        let inputs = read.map(\.path) + [context.context].compactMap(\.self) + readRemainders(besides: written)
        // Gone on with, a run is the same.
        let arguments = CommandLine.arguments.dropFirst(2).filter { $0 != "--resume" }
        let manifest = try Manifest(
            version: ToolVersion.current, arguments: arguments, clock: moment.now,
            seed: moment.seed, mappings: try Manifest.digests(of: files, try MappingSet(files).revisions),
            inputs: try inputs.map { path throws(InputError) in try FileDigest(of: path) },
            written: written, tally: tally)
        let bytes = try manifest.json
        if let manifestKey {
            let signature = try ManifestSignature.sign(bytes, with: manifestKey)
            try writeFile(signature, to: path + ".sig")
        }
        try writeFile(bytes, to: path)
    }

    private func writeFile(_ bytes: Data, to path: String) throws(OutputError) {
        let file = try OutputFile(path)
        try file.write(Array(bytes))
        try file.finish()
    }

    /// The remainder where it was read: a file, or all that is in its folder.
    private func readRemainders(besides written: [WrittenFile]) -> [String] {
        guard let remainder, !written.contains(where: { $0.kind == "remainder" }) else { return [] }
        return (try? InputFiles.find([remainder]).files.map(\.path)) ?? []
    }

    /// Has the outputs go elsewhere.
    ///
    /// - Parameter manifest: tells what was written, and what was read.
    /// - Returns: where an output goes now.
    mutating func redirect(to folder: String, besides manifest: Manifest) -> (String) -> String? {
        let kinds = Set(manifest.outputs.map(\.kind))
        var moved: [(from: String, to: String)] = []
        func move(_ path: String, _ name: String) -> String {
            // The name's end says how it is written: a folder, compressed.
            let last = path.split(separator: "/").last ?? ""
            let new = "\(folder)/\(name)/\(last)" + (path.hasSuffix("/") ? "/" : "")
            moved.append((path.hasSuffix("/") ? String(path.dropLast()) : path, "\(folder)/\(name)/\(last)"))
            return new
        }
        output = move(output, "output")
        if kinds.contains("remainder") { remainder = remainder.map { move($0, "remainder") } }
        findings = findings.map { move($0, "findings") }
        rejects = rejects.map { move($0, "rejects") }
        report = report.map { move($0, "report") }
        self.manifest = nil
        manifestKey = nil
        quiet = true
        let places = moved
        return { path in
            for (from, to) in places {
                if path == from { return to }
                if path.hasPrefix(from + "/") { return to + path.dropFirst(from.count) }
            }
            return nil
        }
    }
}

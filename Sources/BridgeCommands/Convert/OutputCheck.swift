import ArgumentParser
import Batch
import Foundation

/// Looks, before anything is read, whether an output would destroy an input or another output.
struct OutputCheck {
    private let files: [(option: String, path: String)]
    private let folder: String?

    init(_ outputs: RunOutputs, report: String?, manifest: String?) {
        var files: [(option: String, path: String)] = []
        var folder: String?
        switch outputs.output {
        case .file(let path): files.append(("--output", path))
        case .folder(let path): folder = path
        }
        if case .file(let path)? = outputs.remainder { files.append(("--remainder", path)) }
        for (option, path) in [
            ("--findings", outputs.findings), ("--rejects", outputs.rejects), ("--report", report),
            ("--manifest", manifest), ("--manifest-key's signature", manifest.map { $0 + ".sig" }),
        ] {
            if let path { files.append((option, path)) }
        }
        self.files = files.filter { $0.path != "-" }
        self.folder = folder
    }

    func check(against found: [InputFile], inputs: [String]) throws {
        var seen: [Identity: String] = [:]
        for (option, path) in files {
            let identity = Identity(path)
            if identity.isSpecial { continue }
            if let other = seen[identity] {
                throw ValidationError("\(other) and \(option) name one file: \(path)")
            }
            seen[identity] = option
        }
        if !seen.isEmpty, let file = found.first(where: { $0.path != "-" && seen[Identity($0.path)] != nil }) {
            throw ValidationError("\(seen[Identity(file.path)] ?? "") would overwrite an input: \(file.path)")
        }
        if let folder, let input = inputs.first(where: { $0 != "-" && Identity($0) == Identity(folder) }) {
            throw ValidationError("--output would write among the files of an input: \(input)")
        }
    }

    /// What makes two paths one file: the file itself where it is there, else the name.
    private enum Identity: Hashable {
        case file(FileStatus.Identity)
        case name(String)
        /// A device or a pipe: any number of outputs may go there.
        case special

        init(_ path: String) {
            guard let status = try? FileStatus(path) else {
                self = .name(URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path)
                return
            }
            self = status.kind == .special ? .special : .file(status.identity)
        }

        var isSpecial: Bool { self == .special }
    }
}

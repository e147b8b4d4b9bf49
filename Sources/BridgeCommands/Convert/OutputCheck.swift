import ArgumentParser
import Batch
import Foundation

/// Looks, before anything is read, whether an output would destroy an input or another output, or be read as an input by
/// the next run.
struct OutputCheck {
    private let files: [(option: String, path: String)]
    private let folders: [(option: String, path: String)]

    init(_ outputs: RunOutputs, report: String?, manifest: String?) {
        var files: [(option: String, path: String)] = []
        var folders: [(option: String, path: String)] = []
        switch outputs.output {
        case .file(let path): files.append(("--output", path))
        case .folder(let path): folders.append(("--output", path))
        }
        switch outputs.remainder {
        case .file(let path)?: files.append(("--remainder", path))
        case .folder(let path)?: folders.append(("--remainder", path))
        case nil: break
        }
        for (option, path) in [
            ("--findings", outputs.findings), ("--rejects", outputs.rejects), ("--report", report),
            ("--manifest", manifest), ("--manifest-key's signature", manifest.map { $0 + ".sig" }),
        ] {
            if let path { files.append((option, path)) }
        }
        self.files = files.filter { $0.path != "-" }
        self.folders = folders
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
        let read = inputs.filter { $0 != "-" && (try? FileStatus($0))?.kind == .folder }
        for (option, path) in files + folders {
            if let input = read.first(where: { Self.isRead(path, in: $0) }) {
                throw ValidationError(
                    "\(option) would write among the files of an input, \(input), and be read as one by the next run: "
                        + path)
            }
        }
    }

    /// Whether something at a path would be found in a folder.
    private static func isRead(_ path: String, in folder: String) -> Bool {
        let (path, folder) = (components(of: path), components(of: folder))
        return path.starts(with: folder) && !path.dropFirst(folder.count).contains { $0.hasPrefix(".") }
    }

    /// Of a path without links, as far as it leads to anything.
    private static func components(of path: String) -> [String] {
        var there = URL(fileURLWithPath: path).standardizedFileURL
        var missing: [String] = []
        while there.pathComponents.count > 1, !FileManager.default.fileExists(atPath: there.path) {
            missing.insert(there.lastPathComponent, at: 0)
            there.deleteLastPathComponent()
        }
        return there.resolvingSymlinksInPath().pathComponents + missing
    }

    /// What makes two paths one file: the file itself where it is there, else the path.
    private enum Identity: Hashable {
        case file(FileStatus.Identity)
        case path([String])
        /// A device or a pipe: any number of outputs may go there.
        case special

        init(_ path: String) {
            guard let status = try? FileStatus(path) else {
                self = .path(components(of: path))
                return
            }
            self = status.kind == .special ? .special : .file(status.identity)
        }

        var isSpecial: Bool { self == .special }
    }
}

import ArgumentParser
import Batch
import Foundation
import Translation

/// Looks, before anything is read, whether an output would destroy what is read or another output, or be read as an input by
/// the next run.
struct OutputCheck {
    private typealias Place = (option: String, path: String)

    /// What is written under a name, while it is written or when it is whole.
    private var files: [Place] = []
    private var folders: [Place] = []
    /// What is read beside the inputs.
    private var alsoRead: [Place] = []

    init(_ convert: Convert, _ outputs: RunOutputs) throws {
        var files: [Place] = []
        switch outputs.output {
        case .file(let path): files.append(("--output", path))
        case .folder(let path): folders.append(("--output", path))
        }
        switch outputs.remainder {
        case .file(let path)?: files.append(("--remainder", path))
        case .folder(let path)? where folders.isEmpty: files.append(("--remainder", "\(path)/remainder.ndjson"))
        case .folder(let path)?: folders.append(("--remainder", path))
        case nil: break
        }
        for (option, path) in [
            ("--findings", outputs.findings), ("--rejects", outputs.rejects), ("--report", convert.report),
            ("--manifest", convert.manifest), ("--manifest-key's signature", convert.manifest.map { $0 + ".sig" }),
        ] {
            if let path { files.append((option, path)) }
        }
        for (option, path) in files where path != "-" {
            self.files += [(option, path), ("\(option)'s draft", path + ".part")]
        }
        switch outputs.output {
        case .file("-"): break
        case .file(let path), .folder(let path): self.files.append(("--output's checkpoint", path + ".checkpoint"))
        }
        for (option, path) in [
            ("--context", convert.context.context), ("--manifest-key", convert.manifestKey),
            ("--remainder", convert.remainderRead(besides: outputs)),
        ] {
            if let path { alsoRead.append((option, path)) }
        }
        if let folder = convert.mappings.mappings {
            alsoRead += try convert.mappings.files.names.map { ("--mappings", "\(folder)/\($0)") }
        }
    }

    func check(against found: InputFiles) throws {
        let inputs = found.files.filter { !$0.isStandardInput }
        var written: [Identity: String] = [:]
        for (option, path) in files {
            let identity = Identity(path)
            if identity == .special { continue }
            if let other = written[identity] {
                throw ValidationError("\(other) and \(option) name one file: \(path)")
            }
            written[identity] = option
        }
        func refuse(_ what: String, _ path: String, _ status: FileStatus?) throws {
            guard let option = written[Identity(path, status)] else { return }
            throw ValidationError("\(option) would overwrite \(what): \(path)")
        }
        for file in inputs { try refuse("an input", file.path, file.status) }
        for (option, path) in alsoRead { try refuse(option, path, nil) }
        for (option, path) in folders + files where Identity(path) != .special && Self.isRead(path, found.folders) {
            throw ValidationError(
                "\(option) would write among the files of an input, and be read as one by the next run: \(path)")
        }
        try checkFolders(inputs)
    }

    /// Names in a mirrored folder come of the inputs' names: nothing may be there that one of them could destroy.
    private func checkFolders(_ inputs: [InputFile]) throws {
        let real = folders.map { FileStatus.withoutLinks($0.path) }
        var folder: Substring = ""
        for file in inputs where !folders.isEmpty && file.folder != folder {
            folder = file.folder
            let path = FileStatus.withoutLinks(String(folder))
            guard let index = real.firstIndex(where: { path.starts(with: $0) }) else { continue }
            throw ValidationError("\(folders[index].option) would write where an input is: \(folder)")
        }
        for (option, path) in alsoRead where (try? FileStatus(path))?.kind == .folder {
            let read = FileStatus.withoutLinks(path)
            let other =
                (files + folders).first { FileStatus.withoutLinks($0.path).starts(with: read) }
                ?? zip(folders, real).first { read.starts(with: $1) }?.0
            guard let other else { continue }
            throw ValidationError("\(other.option) would write where \(option) is read: \(path)")
        }
        if real.count == 2, real[0].starts(with: real[1]) || real[1].starts(with: real[0]) {
            throw ValidationError("--output and --remainder would write in one folder: \(folders[1].path)")
        }
    }

    /// The names in mirrored folders that are taken.
    var reserved: Set<String> {
        var names: Set<String> = []
        for folder in folders.map({ FileStatus.withoutLinks($0.path) }) {
            for (_, path) in files + alsoRead {
                let path = FileStatus.withoutLinks(path)
                if path.starts(with: folder) { names.insert(path.dropFirst(folder.count).joined(separator: "/")) }
            }
        }
        return names
    }

    /// Whether something at a path would be found in folders that are looked through.
    private static func isRead(_ path: String, _ folders: Set<FileStatus.Identity>) -> Bool {
        var components = FileStatus.withoutLinks(path)
        while let name = components.popLast(), !name.hasPrefix(".") {
            if let status = try? FileStatus("/" + components.joined(separator: "/")) {
                return folders.contains(status.identity)
            }
        }
        return false
    }

    /// What makes two paths one file: the file itself where it is there, else the path.
    private enum Identity: Hashable {
        case file(FileStatus.Identity)
        case path([Substring])
        /// A device or a pipe: any number of outputs may go there.
        case special

        init(_ path: String, _ known: FileStatus? = nil) {
            guard let status = try? known ?? FileStatus(path) else {
                self = .path(FileStatus.withoutLinks(path))
                return
            }
            self = status.kind == .special ? .special : .file(status.identity)
        }
    }
}

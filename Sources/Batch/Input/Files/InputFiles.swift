import Foundation

/// The files in what the user named.
package struct InputFiles {
    package var files: [InputFile] = []
    /// How many were left out.
    package var hidden = 0
    /// The folders that were looked through.
    package private(set) var folders: Set<FileStatus.Identity> = []

    /// Finds the files, sorted by path (bytewise) within each input, in the order of the inputs.
    ///
    /// Folders are walked with all that is in them. Links to files are followed; links to folders too, but no folder is
    /// read twice, and where a folder can be reached both ways it is found under its own name. Left out of folders, and
    /// counted in `hidden`, is what begins with a full stop, and what is neither file nor folder (pipes, sockets). What
    /// can't be looked at (a folder that may not be listed, a link that leads nowhere) stays in, so that reading it
    /// says why.
    ///
    /// - Throws: where an input is not there, or a path is reached twice: its records would count twice.
    package static func find(_ inputs: [String]) throws(InputError) -> InputFiles {
        var found = InputFiles()
        for input in inputs {
            guard input != "-" else {
                found.files.append(.standardInput)
                continue
            }
            let status = try status(ofInput: input)
            guard status.kind == .folder else {
                found.files.append(
                    InputFile(path: input, relativePath: lastComponent(of: input), isNamed: true, status: status))
                continue
            }
            var walk = FolderWalk(root: input)
            walk.run(root: status)
            found.files += walk.files
            found.hidden += walk.hidden
            found.folders.formUnion(walk.seen)
        }
        // No walk finds a file twice.
        if inputs.count > 1 { try found.refuseTwins() }
        return found
    }

    /// Whatever a file's folder is called, each is read once.
    private func refuseTwins() throws(InputError) {
        var paths: Set<String> = []
        var (folder, real): (Substring, String) = ("", "")
        for file in files {
            if file.folder != folder {
                folder = file.folder
                real = FileStatus.withoutLinks(String(folder)).joined(separator: "/")
            }
            let name = file.path.split(separator: "/").last ?? ""
            guard paths.insert(file.isStandardInput ? "-" : "\(real)/\(name)").inserted else {
                throw InputError(path: file.path, message: "is among the inputs twice: name it once")
            }
        }
    }

    private static func status(ofInput path: String) throws(InputError) -> FileStatus {
        do {
            return try FileStatus(path)
        } catch {
            throw InputError(path: path, message: "can't be found: \(error.message)")
        }
    }

    private static func lastComponent(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}

/// One walk through a folder that was named.
private struct FolderWalk {
    /// A folder on the way, below the root: empty for the root itself.
    private typealias RelativePath = String

    private let root: String
    private(set) var seen: Set<FileStatus.Identity> = []
    /// Links to folders, which wait until all folders have been seen under their own names.
    private var links: [(path: RelativePath, identity: FileStatus.Identity)] = []
    private(set) var files: [InputFile] = []
    private(set) var hidden = 0

    init(root: String) {
        self.root = root
    }

    mutating func run(root status: FileStatus) {
        seen.insert(status.identity)
        walk(from: "")
        while !links.isEmpty {
            links.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
            let link = links.removeFirst()
            if seen.insert(link.identity).inserted { walk(from: link.path) }
        }
        files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private mutating func walk(from top: RelativePath) {
        var folders = [top]
        while let folder = folders.popLast() {
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: path(of: folder)) else {
                add(folder)
                continue
            }
            for name in names {
                guard !name.utf8.starts(with: ".".utf8) else {
                    hidden += 1
                    continue
                }
                visit(folder.isEmpty ? name : folder + "/" + name, &folders)
            }
        }
    }

    private mutating func visit(_ relativePath: RelativePath, _ folders: inout [RelativePath]) {
        let path = path(of: relativePath)
        guard let status = try? FileStatus(path) else { return add(relativePath) }
        switch status.kind {
        case .file: add(relativePath, status)
        case .special: hidden += 1
        case .folder where FileStatus.isLink(path): links.append((relativePath, status.identity))
        case .folder:
            if seen.insert(status.identity).inserted { folders.append(relativePath) }
        }
    }

    private mutating func add(_ relativePath: RelativePath, _ status: FileStatus? = nil) {
        files.append(
            InputFile(path: path(of: relativePath), relativePath: relativePath, isNamed: false, status: status))
    }

    private func path(of relativePath: RelativePath) -> String {
        if relativePath.isEmpty { return root }
        return root.utf8.last == UInt8(ascii: "/") ? root + relativePath : root + "/" + relativePath
    }
}

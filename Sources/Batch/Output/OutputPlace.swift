import Foundation

/// Where a run's records go: one file, or a folder that mirrors the input's.
package enum OutputPlace: Equatable, Sendable {
    case file(String)
    case folder(String)

    /// Reads what a user named: a folder if it is one, ends with `/`, or has no extension where the input is a folder.
    package init(_ path: String, inputIsFolder: Bool) {
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let name = path.split(separator: "/").last ?? ""
        if path.hasSuffix("/") || isThere && isFolder.boolValue || !isThere && inputIsFolder && !name.contains(".") {
            self = .folder(path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path)
        } else {
            self = .file(path)
        }
    }
}

/// Names the files of a mirrored folder: an input's own name with the extension of what is written.
struct MirroredNames {
    private var used: Set<String>
    private static let known: Set<String> = ["xml", "json", "ndjson", "jsonl", "csv", "txt", "b64", "part"]

    init(reserved: Set<String> = []) { used = reserved }

    /// - Parameter extension: of what is written: `xml`, `json`, `ndjson`.
    mutating func name(for relativePath: String, extension suffix: String) -> String {
        var candidate = relativePath
        let name = relativePath.split(separator: "/").last.map(String.init) ?? relativePath
        if let dot = name.lastIndex(of: "."), dot > name.startIndex,
            Self.known.contains(name[name.index(after: dot)...].lowercased())
        {
            candidate = String(relativePath.dropLast(name[dot...].count))
        }
        candidate += "." + suffix
        // Two inputs that differ in their extension alone keep both of theirs.
        if used.contains(candidate) { candidate = "\(relativePath).\(suffix)" }
        var number = 2
        while !used.insert(candidate).inserted {
            candidate = "\(relativePath).\(number).\(suffix)"
            number += 1
        }
        return candidate
    }
}

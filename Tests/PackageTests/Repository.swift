import Foundation

/// The project's own files.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The files below a folder with one of these extensions, by their paths below it.
    static func files(in folder: String, extensions: Set<String>) throws -> [String: String] {
        let base = root.appendingPathComponent(folder)
        var files: [String: String] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: base.path) ?? .init() {
            guard extensions.contains(URL(fileURLWithPath: path).pathExtension) else { continue }
            files[path] = try String(contentsOf: base.appendingPathComponent(path), encoding: .utf8)
        }
        return files
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
}

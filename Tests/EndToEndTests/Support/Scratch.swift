import Foundation

/// A folder of a test's own, removed with all that is in it when nobody holds it any more.
final class Scratch {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("nctsbridge-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func url(_ name: String) -> URL { url.appendingPathComponent(name) }

    func path(_ name: String) -> String { url(name).path }

    /// Writes a file, making the folders above it, and returns its path.
    @discardableResult
    func write(_ name: String, _ data: Data) throws -> String {
        let file = url(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
        return file.path
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String { try write(name, Data(text.utf8)) }

    func data(_ name: String) throws -> Data { try Data(contentsOf: url(name)) }

    /// Adds to a file that may not be there yet.
    func append(_ text: String, to name: String) throws {
        try write(name, (exists(name) ? try data(name) : Data()) + Data(text.utf8))
    }

    func text(_ name: String) throws -> String { String(decoding: try data(name), as: UTF8.self) }

    /// The lines of an NDJSON file.
    func lines(_ name: String) throws -> [JSONTree] { try JSONTree.lines(data(name)) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// A new file, open for writing.
    func handle(_ name: String) throws -> FileHandle {
        try Data().write(to: url(name))
        return try FileHandle(forWritingTo: url(name))
    }

    /// The files below a folder, relative to it, sorted.
    static func files(below folder: URL) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(
                atPath: folder.appendingPathComponent(name).path, isDirectory: &isFolder) && !isFolder.boolValue
        }.sorted()
    }
}

import Foundation
import Testing
import Translation

@testable import Batch

/// Lists of questions on disk, in a folder that goes with its owner.
final class QuestionFiles {
    let root = FileManager.default.temporaryDirectory.appending(path: "nctsbridge-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: root)
    }

    /// - Returns: the file's path.
    @discardableResult
    func write(_ bytes: [UInt8], _ name: String = "queries", mode: Int = 0o600) throws -> String {
        let url = root.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
        return url.path
    }

    /// Reads a list that no other may see.
    func list(_ text: String, environment: [String: String] = [:]) throws -> QuestionList {
        try list(Array(text.utf8), environment: environment)
    }

    func list(_ bytes: [UInt8], environment: [String: String] = [:]) throws -> QuestionList {
        try Self.list(at: try write(bytes), environment: environment)
    }

    static func list(at path: String, environment: [String: String] = [:], options: InputOptions = InputOptions())
        throws -> QuestionList
    {
        let mappings = try Recordings.mappings.get()
        return try QuestionList.read(
            path, mappings: mappings, masker: Masker(mappings), options: options, environment: environment)
    }
}

extension QuestionList {
    /// The GRNs with the line or entry of each.
    var rows: [String] { questions.map { "\($0.source.place) \($0.grn)" } }
    var complaints: [String] { problems.map { "\($0.source.place) \($0.message)" } }
}

extension String {
    /// What stands behind the file's name.
    var place: String {
        let name = split(separator: "/").last.map(String.init) ?? self
        return name.hasPrefix("queries") ? String(name.dropFirst("queries".count)) : name
    }
}

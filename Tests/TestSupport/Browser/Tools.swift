package import Foundation

/// The programs that judge what is written.
package enum Tools {
    /// The folder that holds `Package.swift`.
    package static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The Python that `make test` has put libraries into, or the system's.
    package static var python: String {
        let own = package.appendingPathComponent(".build/python/bin/python3").path
        return FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
    }

    package struct Result {
        package var status: Int32
        package var output: String
        package var errors: String
    }

    /// Runs a program to its end; what takes longer than a minute and a half is ended, and its status is not 0.
    package static func run(_ command: [String], input: Data? = nil) throws -> Result {
        let scratch = try ScratchFolder()
        // Files, not pipes: a browser's own helpers may hold a pipe open after its end.
        let path = { (name: String) in scratch.url.appendingPathComponent(name).path }
        for name in ["input", "output", "errors"] {
            _ = try scratch.write(name, name == "input" ? input ?? Data() : Data())
        }
        let program = try Spawned(
            command, in: package, input: path("input"), output: path("output"), errors: path("errors"))
        let status = program.status(within: .seconds(90))
        return Result(
            status: status, output: try scratch.text("output"), errors: try scratch.text("errors"))
    }
}

/// A folder of a test's own, removed with all that is in it when nobody holds it any more.
package final class ScratchFolder: Sendable {
    package let url: URL

    package init() throws {
        url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("nctsbridge-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    package func write(_ name: String, _ data: Data) throws -> URL {
        let file = url.appendingPathComponent(name)
        try data.write(to: file)
        return file
    }

    package func handle(_ name: String) throws -> FileHandle { try FileHandle(forWritingTo: write(name, Data())) }

    /// The names of files that hold a text: as it is, in UTF-16, or in base64 wherever it begins.
    package func files(holding text: String) throws -> [String] {
        let spellings = Self.spellings(of: text)
        let names = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
        return try names.sorted().filter { name in
            guard let data = FileManager.default.contents(atPath: url.appendingPathComponent(name).path) else {
                return false
            }
            return spellings.contains { data.range(of: $0) != nil }
        }
    }

    private static func spellings(of text: String) -> [Data] {
        let bytes = Array(text.utf8)
        let inBase64 = (0..<3).map { offset in
            // What stands before and behind it shares a letter with it.
            let whole = Data(Array(repeating: 0, count: offset) + bytes).base64EncodedString()
            let first = (offset * 8 + 5) / 6
            let last = ((offset + bytes.count) * 8) / 6
            return Data(whole.utf8.dropFirst(first).prefix(last - first))
        }
        return [Data(bytes), Data(bytes.flatMap { [$0, 0] }), Data(bytes.flatMap { [0, $0] })] + inBase64
    }

    package func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
    }
}

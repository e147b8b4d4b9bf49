import Foundation

/// The programs that judge what is written.
enum Tools {
    /// The folder that holds `Package.swift`.
    static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The Python that `make test` has put libraries into, or the system's.
    static var python: String {
        let own = package.appendingPathComponent(".build/python/bin/python3").path
        return FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
    }

    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Runs a program to its end; what takes longer than a minute and a half is ended, and its status is not 0.
    static func run(_ command: [String], input: Data? = nil) throws -> Result {
        let scratch = try ScratchFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = package
        process.standardInput =
            try input.map { try FileHandle(forReadingFrom: scratch.write("input", $0)) } ?? FileHandle.nullDevice
        // Files, not pipes: a browser's own helpers may hold a pipe open after its end.
        process.standardOutput = try scratch.handle("output")
        process.standardError = try scratch.handle("errors")
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        if ended.wait(timeout: .now() + 90) == .timedOut {
            process.terminate()
            ended.wait()
        }
        return Result(
            status: process.terminationStatus, output: try scratch.text("output"), errors: try scratch.text("errors"))
    }
}

/// A folder of a test's own, removed with all that is in it when nobody holds it any more.
final class ScratchFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("nctsbridge-reports-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ name: String, _ data: Data) throws -> URL {
        let file = url.appendingPathComponent(name)
        try data.write(to: file)
        return file
    }

    func handle(_ name: String) throws -> FileHandle { try FileHandle(forWritingTo: write(name, Data())) }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
    }
}

import Foundation

/// The built binary, run as its users run it.
enum Bridge {
    /// What a run left behind.
    struct Result: CustomStringConvertible {
        var exitCode: Int32
        var output: Data
        var errors: Data
        /// The most memory it had at once, in KiB; 0 where the system does not tell.
        var peakMemory = 0

        var outputText: String { String(decoding: output, as: UTF8.self) }
        var errorText: String { String(decoding: errors, as: UTF8.self) }
        var description: String { "exit code \(exitCode), standard error: \(errorText.prefix(2_000))" }
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// The folder that holds `Package.swift`: what samples' paths are relative to.
    static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The binary stands beside the tests' own executable, or above it where that is in a bundle.
    static let executable: URL? = {
        let tests = Bundle.main.executablePath ?? CommandLine.arguments[0]
        var folder = URL(fileURLWithPath: tests).resolvingSymlinksInPath().deletingLastPathComponent()
        for _ in 0..<5 {
            let candidate = folder.appendingPathComponent("nctsbridge")
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: candidate.path, isDirectory: &isFolder), !isFolder.boolValue {
                return candidate
            }
            folder.deleteLastPathComponent()
        }
        return nil
    }()

    /// Runs the binary and waits for it; what takes longer than `limit` is ended, and the test fails.
    ///
    /// - Parameters:
    ///   - input: the file that is standard input; nil for none.
    ///   - output: what is standard output in place of a file that the result holds.
    ///   - folder: where it runs; relative paths of the arguments start there.
    @discardableResult
    static func run(
        _ arguments: [String], input: URL? = nil, output destination: FileHandle? = nil, in folder: URL = package,
        environment: [String: String] = [:], limit: Duration = .seconds(120)
    ) throws -> Result {
        let scratch = try Scratch()
        let process = try process(arguments, in: folder, environment: environment)
        let output = try scratch.handle("output")
        let errors = try scratch.handle("errors")
        process.standardInput = try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
        process.standardOutput = destination ?? output
        process.standardError = errors
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        let peak = try wait(for: process, ended, limit: limit, arguments)
        try output.close()
        try errors.close()
        return Result(
            exitCode: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: try scratch.data("output"), errors: try scratch.data("errors"), peakMemory: peak)
    }

    /// The binary as a process that is yet to be started.
    ///
    /// - Parameter launcher: a program that starts it: its path and the arguments before the binary's own.
    static func process(
        _ arguments: [String], in folder: URL = package, environment: [String: String] = [:], launcher: [String] = []
    ) throws -> Process {
        guard let executable else { throw Failure(description: "the binary is not built: swift build") }
        let command = launcher + [executable.path] + arguments
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment
            .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }.merging(environment) { $1 }
        return process
    }

    private static func wait(
        for process: Process, _ ended: DispatchSemaphore, limit: Duration, _ arguments: [String]
    ) throws -> Int {
        let clock = ContinuousClock()
        let deadline = clock.now + limit
        var peak = 0
        while ended.wait(timeout: .now() + .milliseconds(10)) == .timedOut {
            peak = max(peak, memory(of: process.processIdentifier))
            guard clock.now > deadline else { continue }
            process.terminate()
            if ended.wait(timeout: .now() + .seconds(5)) == .timedOut { kill(process.processIdentifier, SIGKILL) }
            throw Failure(description: "still running after \(limit): nctsbridge \(arguments.joined(separator: " "))")
        }
        return peak
    }

    /// The most memory that a process had so far, in KiB.
    private static func memory(of process: Int32) -> Int {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return 0 }
        return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
}

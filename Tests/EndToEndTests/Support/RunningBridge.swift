import Foundation

/// The binary while it runs: a server, or a command that waits for somebody.
final class RunningBridge {
    private let process: Process
    private let scratch: Scratch
    private let input = Pipe()

    init(_ arguments: [String], environment: [String: String] = [:], launcher: [String] = []) throws {
        scratch = try Scratch()
        process = try Bridge.process(arguments, environment: environment, launcher: launcher)
        process.standardInput = input
        process.standardOutput = try scratch.handle("output")
        process.standardError = try scratch.handle("errors")
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// The binary at a terminal of its own, which `script` makes.
    static func atTerminal(_ arguments: [String], environment: [String: String]) throws -> RunningBridge {
        let words = arguments.map { "'\($0)'" }.joined(separator: " ")
        return try RunningBridge(
            [], environment: environment.merging(["ARGUMENTS": words]) { $1 },
            launcher: ["/bin/sh", "-c", #"exec script -qfec "'$0' $ARGUMENTS" /dev/null"#])
    }

    /// A simulator on a free port.
    static func simulator(_ scenario: String = "") throws -> (bridge: RunningBridge, url: String) {
        let folder = try Scratch()
        let options = scenario.isEmpty ? [] : ["--scenario", try folder.write("scenario.yaml", scenario)]
        let bridge = try RunningBridge(["simulate", "--listen", "127.0.0.1:0"] + options)
        let line = try bridge.wait(for: #"http://127\.0\.0\.1:[0-9]+"#)
        return (bridge, line)
    }

    var outputText: String { (try? scratch.text("output")) ?? "" }
    var errorText: String { (try? scratch.text("errors")) ?? "" }

    func type(_ text: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

    /// Waits until a text is told on either channel, and returns what matched.
    func wait(for pattern: String) throws -> String {
        for _ in 0..<3000 {
            for text in [errorText, outputText] {
                if let range = text.range(of: pattern, options: .regularExpression) { return String(text[range]) }
            }
            guard process.isRunning else { break }
            usleep(10_000)
        }
        throw Bridge.Failure(description: "\(pattern) was not told: \(errorText) \(outputText)")
    }

    /// Sends a signal, and waits for the end.
    func end(_ signal: Int32 = SIGTERM) throws -> Int32 {
        kill(process.processIdentifier, signal)
        return try exitCode()
    }

    /// Waits for the end.
    func exitCode() throws -> Int32 {
        for _ in 0..<3000 where process.isRunning { usleep(10_000) }
        guard !process.isRunning else { throw Bridge.Failure(description: "it does not end: \(errorText)") }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}

/// A program of the system's, run to its end.
enum Shell {
    /// The Python that `make test` has put libraries into, or the system's.
    static var python: String {
        let own = Bridge.package.appendingPathComponent(".build/python/bin/python3").path
        return FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
    }

    static func run(_ command: [String], environment: [String: String] = [:]) throws -> (status: Int32, output: String)
    {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = Bridge.package
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}

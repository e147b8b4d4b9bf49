import Foundation

/// A program that is run to its end and measured.
struct Child {
    /// Seconds of processor time, its own and the system's for it.
    var processor: Double
    /// Seconds on the clock.
    var elapsed: Double
    /// The most memory it had at once: MiB; 0 where the system does not tell.
    var memory: Double
    var exitCode: Int32

    static func run(_ arguments: [String]) throws -> Child {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let before = processorTime()
        let start = ContinuousClock.now
        try process.run()
        var peak = 0
        while process.isRunning {
            peak = max(peak, memory(of: process.processIdentifier))
            usleep(2_000)
        }
        process.waitUntilExit()
        let elapsed = ContinuousClock.now - start
        return Child(
            processor: processorTime() - before,
            elapsed: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18,
            memory: Double(peak) / 1024, exitCode: process.terminationStatus)
    }

    /// What a program writes to its standard output, and its exit code: 127 where it is not there.
    static func text(_ arguments: [String]) throws -> (output: String, exitCode: Int32) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.environment = environment
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: output, as: UTF8.self), process.terminationStatus)
    }

    /// This program's, with the folders of servers, which Debian gives to root alone.
    static var environment: [String: String] {
        var environment = ProcessInfo.processInfo.environment
        environment["PATH", default: "/usr/bin:/bin"] += ":/usr/sbin:/sbin"
        return environment
    }

    /// Seconds of all that have ended.
    static func processorTime() -> Double {
        var usage = rusage()
        getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    /// The most memory it had until now: KiB.
    static func memory(of process: Int32) -> Int {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return 0 }
        return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
}

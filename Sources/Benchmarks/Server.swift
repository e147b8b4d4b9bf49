import Foundation

/// A server on a port of its own, which runs while it is asked. It ends with the benchmark, however that ends.
final class Server {
    let port: Int
    private let process = Process()

    /// Returns once it listens.
    /// - Parameters:
    ///   - folder: where it runs and what it says is kept.
    ///   - command: what runs, given its port.
    init(in folder: URL, _ command: (_ port: Int) throws -> [String]) throws {
        port = try LoopbackPort.free()
        let arguments = try command(port)
        let log = folder.appendingPathComponent("log")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        defer { try? output.close() }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["setpriv", "--pdeathsig", "TERM"] + arguments
        process.environment = Child.environment
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        for _ in 1...200 where process.isRunning {
            if LoopbackPort.isListening(port) { return }
            usleep(50_000)
        }
        stop()
        let said = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        throw BenchmarkError("\(arguments.joined(separator: " ")) does not listen on port \(port). It said: \(said)")
    }

    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        for _ in 1...100 where process.isRunning { usleep(50_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// Seconds of processor time until now, of it and its workers.
    var processorTime: Double {
        let ticks = family.compactMap { Self.statistics(of: $0) }.reduce(0) { $0 + $1.ticks }
        return Double(ticks) / Self.ticksPerSecond
    }

    static let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))

    /// The most memory they had until now, each at its time, what they share counted in each: MiB.
    var peakMemory: Double { Double(family.reduce(0) { $0 + Child.memory(of: $1) }) / 1024 }

    /// Itself and its workers.
    private var family: [Int32] {
        let own = process.processIdentifier
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return [own] + all.compactMap { Int32($0) }.filter { Self.statistics(of: $0)?.parent == own }
    }

    private static func statistics(of process: Int32) -> (parent: Int32, ticks: Int)? {
        // What comes before the last bracket is the process's name, which may hold anything.
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[end...].split(separator: " ").dropFirst().map { Int($0) ?? 0 }
        guard fields.count > 12 else { return nil }
        return (Int32(fields[1]), fields[11] + fields[12])
    }
}

/// Ports of this machine that only it can reach.
enum LoopbackPort {
    /// One that nobody listens on: until somebody takes it.
    static func free() throws -> Int {
        let port = withSocket(port: 0) { descriptor, address, length -> Int? in
            guard bind(descriptor, address, length) == 0 else { return nil }
            var length = length
            guard getsockname(descriptor, address, &length) == 0 else { return nil }
            return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                Int(UInt16(bigEndian: $0.pointee.sin_port))
            }
        }
        guard let port else { throw BenchmarkError("no port of 127.0.0.1 is free") }
        return port
    }

    static func isListening(_ port: Int) -> Bool {
        withSocket(port: port) { descriptor, address, length in connect(descriptor, address, length) == 0 }
    }

    private static func withSocket<Result>(
        port: Int, _ body: (Int32, UnsafeMutablePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

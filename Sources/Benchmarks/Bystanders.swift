import Foundation

/// Programs that have nothing to do with a benchmark, and take time from it all the same.
struct Bystanders {
    private let start = ContinuousClock.now
    private let before: Double

    /// - Parameter servers: those that are measured; programs that have ended are known.
    init(besides servers: [Server]) { before = Self.time(besides: servers) }

    /// The part of the machine's processor time that they have had since then: from 0 to 1.
    func share(besides servers: [Server]) -> Double {
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        let cores = Double(ProcessInfo.processInfo.activeProcessorCount)
        return max(0, (Self.time(besides: servers) - before) / elapsed / cores)
    }

    /// Seconds.
    private static func time(besides servers: [Server]) -> Double {
        let text = (try? String(contentsOfFile: "/proc/stat", encoding: .utf8)) ?? ""
        // Of all cores together: what programs and the system for them took, in clock ticks.
        let fields = text.prefix { $0 != "\n" }.split(separator: " ").dropFirst().prefix(3).compactMap { Int($0) }
        let all = Double(fields.reduce(0, +)) / Server.ticksPerSecond
        return all - Child.processorTime() - servers.reduce(0) { $0 + $1.processorTime }
    }
}

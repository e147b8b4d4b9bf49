import Foundation

/// How hard a server is asked.
struct Load {
    var connections: Int
    /// How long a connection rests before it asks again, on average: milliseconds.
    var pause = 0

    static let saturating = Load(connections: 64)
    static let light = Load(connections: 4, pause: 4)

    /// Asks by wrk about guarantees that nobody asks about again.
    /// - Parameters:
    ///   - version: of the API, `v1` or `v2`.
    ///   - run: a number that no other run has, below 1,000.
    ///   - isChecked: whether every answer is read: that takes wrk's time.
    func run(
        on port: Int, version: String, run: Int, seconds: Int, isChecked: Bool = false
    ) throws -> Answers {
        let script = Self.peers.appendingPathComponent("gateway.lua").path
        let (text, exitCode) = try Child.text([
            "wrk", "-t1", "-c\(connections)", "-d\(seconds)", "-s", script, "http://127.0.0.1:\(port)", "--",
            version, "\(run)", "\(pause)", isChecked ? "check" : "",
        ])
        guard exitCode == 0, let line = text.split(separator: "\n").last(where: { $0.hasPrefix("{") }) else {
            throw BenchmarkError(
                exitCode == 127
                    ? "wrk is needed; make bench installs it from Debian"
                    : "wrk ended with \(exitCode) and said: \(text)")
        }
        return try JSONDecoder().decode(Answers.self, from: Data(line.utf8))
    }

    static let peers = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Peers")
}

/// What came back, as gateway.lua tells it.
struct Answers: Decodable {
    var requests: Int
    /// How long they were asked for.
    var microseconds: Int
    /// Of all answers, with their headers.
    var bytes: Int
    /// Half of the answers came within this: microseconds.
    var median: Int
    /// Of a hundred answers 99 came within this: microseconds.
    var p99: Int
    /// Connections that failed or broke, and answers that did not come in time.
    var failed: Int
    /// Statuses from 400 up.
    var refused: Int
    /// Not 200, or not what was asked for: 0 where answers were not read.
    var wrong: Int

    var perSecond: Double { Double(requests) / Double(microseconds) * 1e6 }
    var averageLength: Double { Double(bytes) / Double(max(requests, 1)) }
}

import Foundation

/// One of those who are measured, and what was.
struct GatewayContender {
    let name: String
    let server: Server
    let version: String
    /// Of each round, at saturation.
    private(set) var perSecond: [Double] = []
    /// Of each round, at saturation: microseconds of processor time for a request.
    private(set) var processorTime: [Double] = []
    /// Of each round, at the light load: microseconds.
    private(set) var median: [Double] = []
    private(set) var p99: [Double] = []
    private var length = 0.0

    init(_ name: String, _ server: Server, version: String = "v2") {
        self.name = name
        self.server = server
        self.version = version
    }

    /// Reads answers, one at a time, and has the server open its connections and fill its caches.
    mutating func warmUp(_ run: () -> Int) throws {
        let checking = Load(connections: 1, pause: 1)
        let answers = try checking.run(on: server.port, version: version, run: run(), seconds: 1, isChecked: true)
        try check(answers)
        length = answers.averageLength
        try check(try Load.saturating.run(on: server.port, version: version, run: run(), seconds: 3))
    }

    mutating func measure(_ load: Load, run: Int) throws {
        let before = server.processorTime
        let answers = try load.run(on: server.port, version: version, run: run, seconds: GatewayBenchmark.seconds)
        let spent = server.processorTime - before
        try check(answers)
        if load.pause == 0 {
            perSecond.append(answers.perSecond)
            processorTime.append(spent / Double(answers.requests) * 1e6)
        } else {
            median.append(Double(answers.median))
            p99.append(Double(answers.p99))
        }
    }

    /// wrk takes all statuses below 400 for good, so answers are held to the length of those that were read, too.
    private func check(_ answers: Answers) throws {
        guard answers.requests > 0, answers.failed == 0, answers.refused == 0, answers.wrong == 0 else {
            throw BenchmarkError(
                "\(name): of \(answers.requests) answers \(answers.refused) had a status from 400 up and "
                    + "\(answers.wrong) were not what was asked for; \(answers.failed) connections or answers failed. "
                    + "Nothing is measured like that.")
        }
        guard length == 0 || abs(answers.averageLength / length - 1) < 0.01 else {
            throw BenchmarkError(
                "\(name): answers under load are \(answers.averageLength) bytes long, those that were checked \(length)"
            )
        }
    }
}

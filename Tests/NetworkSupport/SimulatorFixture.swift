import Foundation
package import GuaranteeClients
import Logging
import ServiceLifecycle
package import Simulator
package import Translation

/// A simulator on loopback, as long as a test's body runs.
package struct RunningSimulator: Sendable {
    package var url: BaseURL
    package let port: Int
    package let server: SimulatorServer
    package let codec: ExchangeCodec

    /// The log so far.
    package var log: CallLog {
        get async { await server.log }
    }
}

/// Runs a simulator on a free port.
///
/// - Parameters:
///   - scenario: YAML; empty: no scenario.
///   - clock: the simulator's time; nil: the scenario's.
package func withSimulator<Value: Sendable>(
    _ scenario: String = "", clock: SimulatorClock? = nil,
    _ body: @Sendable @escaping (RunningSimulator) async throws -> Value
) async throws -> Value {
    let codec = ExchangeCodec(try MappingSet(.embedded))
    let settings =
        scenario.isEmpty
        ? Scenario.standard : try Scenario(parsing: Array(scenario.utf8), file: "scenario.yaml", codec: codec)
    let (ports, port) = AsyncStream<Int>.makeStream()
    let server = SimulatorServer(settings, codec: codec, address: "127.0.0.1", port: 0, clock: clock, seed: 1) {
        port.yield($0)
        port.finish()
    }
    let services = ServiceGroup(services: [server], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let serving = Task {
        defer { port.finish() }
        try await services.run()
    }
    let result: Result<Value, any Error>
    do {
        guard let number = await ports.first(where: { _ in true }) else { throw CancellationError() }
        let simulator = RunningSimulator(
            url: try BaseURL("http://127.0.0.1:\(number)"), port: number, server: server, codec: codec)
        result = .success(try await body(simulator))
    } catch {
        result = .failure(error)
    }
    await services.triggerGracefulShutdown()
    try await serving.value
    return try result.get()
}

/// A simulator's time that stands still until it is moved, or until somebody waits.
package final class ManualClock: Sendable {
    private let time = LockedTime()

    package init() {}

    package func advance(by duration: Duration) { time.add(duration) }

    package var clock: SimulatorClock {
        SimulatorClock(now: { [time] in time.value }, sleep: { [time] in time.add($0) })
    }

    private final class LockedTime: @unchecked Sendable {
        // Guarded by the lock.
        private var now = Duration.zero
        private let lock = NSLock()

        var value: Duration { lock.withLock { now } }
        func add(_ duration: Duration) { lock.withLock { now += duration } }
    }
}

extension Timekeeper {
    /// Real time that runs so many times as fast.
    package static func scaled(_ factor: Double) -> Timekeeper {
        let start = ContinuousClock.now
        return Timekeeper(
            elapsed: { (ContinuousClock.now - start) * factor }, date: { Date() },
            sleep: { try await Task.sleep(for: $0 / factor, tolerance: .zero) },
            random: { Double.random(in: $0) })
    }
}

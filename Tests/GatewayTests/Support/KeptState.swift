import Foundation
import GuaranteeClients
import HTTPTransport
import NetworkSupport
import TestSupport
import Translation

/// A gateway that keeps what it must not forget, in a folder of its own: to be run, ended, killed and run again, in front of
/// a v2.0 that stays.
struct KeptGateway: Sendable {
    let clock: VirtualClock
    let folder: ScratchFolder
    var flags: [String: String]
    private let simulator: RunningSimulator

    init(_ simulator: RunningSimulator, clock: VirtualClock) throws {
        self.clock = clock
        self.simulator = simulator
        folder = try ScratchFolder()
        flags = [
            "store": folder.url.appendingPathComponent("gateway.store").path,
            "key-file": folder.url.appendingPathComponent("gateway.key").path,
            "upstream": simulator.url.description,
        ]
    }

    /// The same with other settings.
    func with(_ flags: [String: String]) -> KeptGateway {
        var other = self
        other.flags.merge(flags) { $1 }
        return other
    }

    func run<Value: Sendable>(
        _ body: @Sendable @escaping (ServedGateway) async throws -> Value
    ) async throws -> Value {
        try await withGateway(flags, time: clock.timekeeper) { gateway in
            try await HTTPTransport.withTransport { transport in
                try await body(
                    ServedGateway(gateway: gateway, simulator: simulator, transport: transport, clock: clock))
            }
        }
    }

    /// What a process that is killed now would leave: a gateway in a folder of its own, with all files as they are.
    func killed() throws -> KeptGateway {
        var copy = try KeptGateway(simulator, clock: clock)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) {
            try FileManager.default.copyItem(
                at: folder.url.appendingPathComponent(name), to: copy.folder.url.appendingPathComponent(name))
        }
        copy.flags.merge(flags.filter { $0.key != "store" && $0.key != "key-file" }) { $1 }
        return copy
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent(name))
    }

    /// All that the store's files hold, one behind the other.
    func stored() throws -> Data {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.hasPrefix("gateway.store") }
            .reduce(into: Data()) { $0 += try Data(contentsOf: folder.url.appendingPathComponent($1)) }
    }
}

/// Runs a simulator whose v2.0 takes 40 seconds about a guarantee, and answers about the others at once.
func withKeptGateway<Value: Sendable>(
    _ plan: String = "{delay: 40}", _ body: @Sendable @escaping (KeptGateway, VirtualClock) async throws -> Value
) async throws -> Value {
    let clock = VirtualClock()
    let scenario = """
        published: true
        platform: {callsPerSecond: 0}
        guarantees: [{grn: \(KeptState.grn), balance: 12.5, v2: \(plan)}]
        """
    return try await withSimulator(scenario, clock: clock.simulatorClock) { simulator in
        try await body(try KeptGateway(simulator, clock: clock), clock)
    }
}

enum KeptState {
    static let grn = "24GB0000020000113"
    static let question = V1Question(grn, tin: "GB954131533000", accessCode: "Zk7q")
}

import ArgumentParser
import Batch
import Foundation
import GuaranteeClients
import Simulator
import Translation

struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run both APIs on this machine, with HMRC's published test data, locks, limits and faults.",
        discussion: """
            Without a scenario any bearer token is taken and names the user, so that curl works at once. \
            GET /simulator/log tells what was asked, and which calls broke the lock.
            """)

    @Option(help: ArgumentHelp("Where to listen; port 0 takes a free one.", valueName: "address:port"))
    var listen = ListenAddress(host: "127.0.0.1", port: 9000)

    @Option(
        help: ArgumentHelp(
            "A YAML file of guarantees, answers, faults and times (docs/simulator.md).", valueName: "file"))
    var scenario: String?

    @OptionGroup var mappings: MappingOptions

    func run() async throws {
        try await Exit.reporting {
            let codec = ExchangeCodec(try mappings.load())
            let scenario = try load(codec)
            let server = SimulatorServer(scenario, codec: codec, address: listen.host, port: listen.port) { port in
                announce(port: port)
            }
            do {
                try await server.runUntilSignal()
            } catch {
                throw Exit.fail("can't listen on \(listen.description(port: listen.port)): \(error)", Exit.unavailable)
            }
            let log = await server.log
            Terminal.error(
                "\(log.count) calls; \(log.brokenLocks) broke the lock, \(log.brokenLimits) the platform's limit, "
                    + "\(log.brokenQuotas) a quota")
        }
    }

    private func load(_ codec: ExchangeCodec) throws -> Scenario {
        guard let scenario else { return .standard }
        guard let bytes = FileManager.default.contents(atPath: scenario) else {
            throw InputError(path: scenario, message: "can't be read")
        }
        return try Scenario(parsing: Array(bytes), file: scenario, codec: codec)
    }

    private func announce(port: Int) {
        Terminal.error("Both APIs listen on http://\(listen.description(port: port)); SIGTERM or Ctrl-C ends them.")
        if !BaseURL.isLoopback(listen.host) {
            Terminal.error("warning: \(listen.host) is not this machine alone: others can reach the simulator.")
        }
    }
}

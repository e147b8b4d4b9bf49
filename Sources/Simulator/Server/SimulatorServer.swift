import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
package import Translation
import UnixSignals

/// The simulation behind a socket.
package struct SimulatorServer: Service {
    private let host: SimulatorHost
    private let address: String
    private let port: Int
    private let onListening: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - clock: the simulator's time; nil: real time, scaled as the scenario says.
    ///   - onListening: told the port once connections are taken.
    package init(
        _ scenario: Scenario, codec: ExchangeCodec, address: String, port: Int, clock: SimulatorClock? = nil,
        seed: UInt64 = .random(in: .min ... .max), onListening: @escaping @Sendable (Int) async -> Void
    ) {
        let start = scenario.time.start.flatMap { try? Date($0, strategy: .iso8601) } ?? Date()
        host = SimulatorHost(
            simulation: Simulation(scenario, codec: codec, start: start, seed: seed),
            clock: clock ?? .real(scale: scenario.time.scale))
        self.address = address
        self.port = port
        self.onListening = onListening
    }

    /// What was asked so far.
    package var log: CallLog {
        get async { await host.log }
    }

    /// Serves until its service group shuts down. It is not to be cancelled: that leaves connections that nobody owns.
    package func run() async throws {
        let responder = CallbackResponder { [host] (request: Request, context: Context) in
            try await Self.respond(to: request, context, host)
        }
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(
                address: .hostname(address, port: port), serverName: "nctsbridge-simulator"),
            onServerRunning: { [onListening] channel in await onListening(channel.localAddress?.port ?? 0) },
            logger: Self.logger)
        try await application.run()
    }

    /// Serves until SIGTERM or SIGINT.
    package func runUntilSignal() async throws {
        let configuration = ServiceGroupConfiguration(
            services: [self], gracefulShutdownSignals: [.sigterm, .sigint], logger: Self.logger)
        try await ServiceGroup(configuration: configuration).run()
    }

    private static var logger: Logger {
        var logger = Logger(label: "nctsbridge.simulator")
        logger.logLevel = .warning
        return logger
    }

    private static func respond(to request: Request, _ context: Context, _ host: SimulatorHost) async throws -> Response
    {
        var exchange = ExchangeRequest(method: request.method.rawValue, path: request.uri.string)
        for field in request.headers { exchange.headers.append(field.name.rawName, field.value) }
        // Who never sends the rest of a body does not keep the simulator from ending.
        exchange.body = try await cancelWhenGracefulShutdown { try await body(of: request) }
        let reaction = await host.react(to: exchange)
        // A simulator that ends does not wait for the answers that it was told to hold back.
        try? await cancelWhenGracefulShutdown { try await host.clock.sleep(reaction.delay) }
        if reaction.drops {
            context.channel.close(mode: .all, promise: nil)
            throw ConnectionDropped()
        }
        return response(reaction)
    }

    /// The whole body, up to a little more than the services take.
    private static func body(of request: Request) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in request.body where bytes.count <= RequestChecks.maximumBody {
            bytes += part.readableBytesView
        }
        return bytes
    }

    private static func response(_ reaction: Reaction) -> Response {
        var headers = HTTPFields()
        for field in reaction.response.headers.fields {
            guard let name = HTTPField.Name(field.name) else { continue }
            headers.append(HTTPField(name: name, value: field.value))
        }
        let status = HTTPResponse.Status(code: reaction.response.status)
        let bytes = reaction.response.body
        guard let limit = reaction.truncatesAt, limit < bytes.count else {
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
        let body = ResponseBody(contentLength: bytes.count) { writer in
            try await writer.write(ByteBuffer(bytes: bytes[..<limit]))
            throw ConnectionDropped()
        }
        return Response(status: status, headers: headers, body: body)
    }

    private struct ConnectionDropped: Error {}

    private struct Context: RequestContext {
        var coreContext: CoreRequestContextStorage
        let channel: any Channel

        init(source: ApplicationRequestContextSource) {
            coreContext = CoreRequestContextStorage(source: source)
            channel = source.channel
        }
    }
}

/// Lets one call after another into the simulation.
actor SimulatorHost {
    private var simulation: Simulation
    let clock: SimulatorClock

    init(simulation: Simulation, clock: SimulatorClock) {
        self.simulation = simulation
        self.clock = clock
    }

    func react(to request: ExchangeRequest) -> Reaction { simulation.react(to: request, at: clock.now()) }

    var log: CallLog { simulation.log }
}

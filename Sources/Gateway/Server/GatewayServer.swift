import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
package import NIOSSL
package import ServiceLifecycle

/// The gateway's socket: requests to their handler and answers back, within limits, each marked and logged.
package struct GatewayServer: Service {
    private let connections: Connections
    private let address: ListenAddress
    private let tls: TLSConfiguration?
    private let load: ServerLoad
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - refusals: what is answered to requests that are not looked at.
    ///   - observer: hears of each answer.
    ///   - onListening: told the port once connections are taken.
    package init(
        _ handler: any RequestHandler, on address: ListenAddress, tls: TLSConfiguration?, load: ServerLoad,
        refusals: ServerRefusals, observer: any AnswerObserver, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void
    ) {
        connections = Connections(
            service: Conversation.Service(handler: handler, load: load, refusals: refusals, observer: observer))
        self.address = address
        self.tls = tls
        self.load = load
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until its service group shuts down: then nothing new is taken, and what is under way is answered.
    package func run() async throws {
        let channel: any ServerChildChannel =
            try tls.map { try TLSChannel(connections, tlsConfiguration: $0) } ?? connections
        let server = channel.server(
            configuration: ServerConfiguration(address: .hostname(address.host, port: address.port), backlog: 1024),
            onServerRunning: { [onListening] channel in await onListening(channel.localAddress?.port ?? 0) },
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup, logger: logger)
        let load = load
        try await withGracefulShutdownHandler {
            try await server.run()
            // Also for those whose clients have gone.
            while load.inFlight > 0, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(20)) }
        } onGracefulShutdown: {
            load.drain()
        }
    }
}

/// Hears of each answer that is sent: for the log and the metrics.
package protocol AnswerObserver: Sendable {
    func answered(_ answer: FrontAnswer, method: String, client: String, id: String, after duration: Duration)
}

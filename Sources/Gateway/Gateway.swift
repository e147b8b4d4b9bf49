import Evidence
import GuaranteeAdapter
package import GuaranteeClients
import HTTPTransport
package import Logging
import NIOSSL
package import PrometheusMetrics
package import ServiceLifecycle
package import Translation

/// A gateway, put together from its settings: its services run until they are told to end, and then it is closed.
package struct Gateway: Sendable {
    /// What the gateway is given beside its settings.
    package struct Surroundings: Sendable {
        package var version: String
        package var mappings: MappingFiles
        package var environment: [String: String]
        package var time: Timekeeper
        package var logger: Logger
        /// The tokens of a place, for an API.
        package var tokens:
            @Sendable (GatewaySettings.TokenPlace, BaseURL, any ExchangeTransport) throws -> any TokenSource
        /// Told when connections are taken, with the port.
        package var onListening: @Sendable (Int) async -> Void
        package var onAdminListening: @Sendable (Int) async -> Void

        package init(
            version: String, mappings: MappingFiles, environment: [String: String], time: Timekeeper, logger: Logger,
            tokens:
                @escaping @Sendable (GatewaySettings.TokenPlace, BaseURL, any ExchangeTransport) throws
                -> any TokenSource,
            onListening: @escaping @Sendable (Int) async -> Void = { _ in },
            onAdminListening: @escaping @Sendable (Int) async -> Void = { _ in }
        ) {
            self.version = version
            self.mappings = mappings
            self.environment = environment
            self.time = time
            self.logger = logger
            self.tokens = tokens
            self.onListening = onListening
            self.onAdminListening = onAdminListening
        }
    }

    /// In the order in which they are to start; they are to end the other way round.
    package let services: [any Service]
    package let registry: PrometheusRegistry
    private let transport: HTTPTransport
    private let store: GatewayStore
    private let accessLog: AccessLog?
    private let mirror: MirrorParts?

    /// - Throws: `GatewayError`, `EvidenceError`, `TokenError`, `TransportSetupError`, `MappingError`: what a gateway can't
    ///   start with.
    package init(_ settings: GatewaySettings, in surroundings: Surroundings) async throws {
        let codec = ExchangeCodec(try MappingSet(surroundings.mappings))
        let parts = GatewayParts(settings, surroundings, codec: codec)
        let (tls, accessLog) = (try parts.tls(), try parts.accessLog())
        transport = try HTTPTransport(
            TransportOptions(caFile: settings.caFile, environment: surroundings.environment))
        registry = parts.registry
        self.accessLog = accessLog
        store = try parts.store()
        let load = ServerLoad(ServerLimits(settings.limits))
        let front = try await parts.front(over: transport, store: store)
        mirror = front.mirror
        let server = GatewayServer(
            front.handler, on: settings.listen, tls: tls, load: load, refusals: parts.refusals,
            observer: GatewayObserver(registry, log: accessLog, time: surroundings.time), logger: surroundings.logger,
            onListening: surroundings.onListening)
        let feed = LiveFeed(
            version: surroundings.version, sides: front.sides, load: load, registry: registry, notices: front.notices,
            pending: front.pending, mirror: front.mirror, accessLog: accessLog,
            time: surroundings.time)
        feed.describeMetrics()
        let admin = settings.adminListen.map { address in
            AdminServer(
                address: address, feed: feed, logger: surroundings.logger, onListening: surroundings.onAdminListening)
        }
        // They end the other way round: first nobody new is served, and what serves needs ends last.
        services = front.services + [admin].compactMap(\.self) + [server]
    }

    /// Finds out whether a gateway could start with its settings, as far as that can be known without starting: nothing is
    /// made or changed.
    ///
    /// - Throws: as the initialiser does.
    package static func check(_ settings: GatewaySettings, in surroundings: Surroundings) async throws {
        let codec = ExchangeCodec(try MappingSet(surroundings.mappings))
        let options = TransportOptions(caFile: settings.caFile, environment: surroundings.environment)
        try await HTTPTransport.withTransport(options) { transport in
            try GatewayParts(settings, surroundings, codec: codec).check(over: transport)
        }
    }

    /// Ends what the services leave: connections, the store, the log.
    package func close() async {
        await transport.shutdown()
        store.close()
        mirror?.evidence.close()
        accessLog?.finish()
    }
}

/// Why a gateway can't start.
package struct GatewayError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// A file that was given holds something else, or can't be read.
        case badFile = "bad-file"
        /// A file can't be written.
        case cantWrite = "cant-write"
    }

    package let code: Code
    /// What is wrong, with the file's name.
    package let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

extension ServerLimits {
    init(_ limits: GatewaySettings.Limits) {
        self.init()
        body = limits.body
        headers = limits.headers
        connections = limits.connections
        inFlight = limits.inFlight
        request = limits.request
        idle = limits.idle
        drain = limits.drain
    }
}

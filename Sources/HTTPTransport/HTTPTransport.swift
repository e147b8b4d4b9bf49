import AsyncHTTPClient
package import GuaranteeClients
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
package import Translation

/// Carries requests over TCP and TLS, directly or by a proxy, in HTTP/1.1. A request is sent once: never again on another
/// connection, and never to where a redirect points. To be shut down when it is no longer needed.
package final class HTTPTransport: ExchangeTransport {
    private let tls: TLSConfiguration
    private let proxies: ProxyRules
    private let idle: Duration
    /// All runs on one loop: so what an exchange reports comes in order, and what was sent is known for sure when it ends.
    private let loop: any EventLoop
    private let clients = Mutex(Clients())

    /// What a client is made for: all that is the client's, and not the request's.
    private struct Purpose: Hashable {
        var base: BaseURL
        var connecting: Duration
        var reading: Duration
        var proxy: ProxyAddress?
    }

    private struct Clients {
        var byPurpose: [Purpose: HTTPClient] = [:]
        var isShutDown = false
    }

    /// - Throws: `TransportSetupError` when the options can't be used.
    package init(_ options: TransportOptions = TransportOptions()) throws(TransportSetupError) {
        tls = try .verifying(alsoTrusting: options.caFile)
        proxies = try ProxyRules(options.environment)
        idle = options.idle
        loop = MultiThreadedEventLoopGroup.singleton.next()
    }

    /// Makes a transport, lends it, and shuts it down.
    package static func withTransport<Result>(
        _ options: TransportOptions = TransportOptions(), isolation: isolated (any Actor)? = #isolation,
        _ body: (HTTPTransport) async throws -> Result
    ) async throws -> Result {
        let transport = try HTTPTransport(options)
        do {
            let result = try await body(transport)
            await transport.shutdown()
            return result
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    /// Connections are shared by the calls that have the same limits for connecting and reading: let those be few.
    package func send(
        _ request: ExchangeRequest, to base: BaseURL, limits: TransportLimits
    ) async throws(TransportError) -> ExchangeResponse {
        let proxy = proxies.proxy(for: base)
        let exchange = Exchange(maximumBody: limits.maximumBody)
        do {
            let request = try HTTPClient.Request(request, to: base)
            let client = try client(
                Purpose(base: base, connecting: limits.connecting, reading: limits.reading, proxy: proxy))
            try Task.checkCancellation()
            let task = client.execute(request: request, delegate: exchange, deadline: .now() + TimeAmount(limits.whole))
            return try await withTaskCancellationHandler {
                try await task.get()
            } onCancel: {
                task.cancel()
            }
        } catch {
            throw Failure(base: base, proxy: proxy, limits: limits, isSent: exchange.isSent).error(for: error)
        }
    }

    /// Ends what is under way, with `cancelled`, and closes all connections. It waits a second at most for servers that
    /// don't say good-bye.
    package func shutdown() async {
        let ending = clients.withLock { clients in
            defer { clients = Clients(isShutDown: true) }
            return Array(clients.byPurpose.values)
        }
        guard !ending.isEmpty else { return }
        let done = loop.makePromise(of: Void.self)
        let patience = loop.scheduleTask(in: .seconds(1)) { done.succeed() }
        EventLoopFuture.andAllComplete(ending.map { $0.shutdown() }, on: loop).cascade(to: done)
        try? await done.futureResult.get()
        patience.cancel()
    }

    private func client(_ purpose: Purpose) throws -> HTTPClient {
        try clients.withLock { clients in
            guard !clients.isShutDown else { throw HTTPClientError.alreadyShutdown }
            if let client = clients.byPurpose[purpose] { return client }
            let client = HTTPClient(eventLoopGroup: loop, configuration: configuration(for: purpose))
            clients.byPurpose[purpose] = client
            return client
        }
    }

    private func configuration(for purpose: Purpose) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(purpose.connecting), read: TimeAmount(purpose.reading)),
            connectionPool: .init(idleTimeout: TimeAmount(idle)),
            proxy: purpose.proxy.map { .server(host: $0.host, port: $0.port, authorization: $0.authorization) })
        configuration.httpVersion = .http1Only
        // Nobody collects traces, and making what they are made of costs.
        configuration.tracing.tracer = nil
        if purpose.base.scheme == "https" {
            let name = ServerName(purpose.base)
            configuration.http1_1ConnectionDebugInitializer = { name.verify($0) }
        }
        // Who asks again, and how often at once, is decided above; and a connection that `verify` refuses may be closed
        // only because the client has no second attempt in mind.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1024
        return configuration
    }
}

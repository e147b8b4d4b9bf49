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
    /// The program's own loops: another's may end before this does.
    private let loops: [any EventLoop]
    /// The loop of those who ask from none of them.
    private let home: any EventLoop
    private let clients = Mutex(Clients())

    /// What a client is made for: all that is the client's, and not the request's. Each loop has clients of its own: all of
    /// an exchange runs on one loop, so that what it reports comes in order, and what was sent is known for sure when it
    /// ends. Who asks from a loop asks on it: no other thread need be woken.
    private struct Purpose: Equatable {
        var loop: ObjectIdentifier
        var base: BaseURL
        var connecting: Duration
        var proxy: ProxyAddress?
    }

    private struct Lane {
        let purpose: Purpose
        let client: HTTPClient
        let host: HostAddress
        let vigil: Vigil
    }

    private struct Clients {
        /// There are few: to compare their purposes takes less than to hash one.
        var lanes: [Lane] = []
        var isShutDown = false
    }

    /// - Throws: `TransportSetupError` when the options can't be used.
    package init(_ options: TransportOptions = TransportOptions()) throws(TransportSetupError) {
        tls = try .verifying(alsoTrusting: options.caFile)
        proxies = try ProxyRules(options.environment)
        idle = options.idle
        loops = Array(MultiThreadedEventLoopGroup.singleton.makeIterator())
        home = MultiThreadedEventLoopGroup.singleton.next()
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

    /// Connections are shared by the calls of a loop that have the same limit for connecting: let those be few.
    package func send(
        _ request: ExchangeRequest, to base: BaseURL, limits: TransportLimits
    ) async throws(TransportError) -> ExchangeResponse {
        let proxy = proxies.proxy(for: base)
        let exchange = Exchange(maximumBody: limits.maximumBody)
        do {
            let loop = loops.first { $0.inEventLoop } ?? home
            let lane = try lane(
                Purpose(loop: ObjectIdentifier(loop), base: base, connecting: limits.connecting, proxy: proxy),
                on: loop)
            let request = try HTTPClient.Request(request, to: lane.host)
            try Task.checkCancellation()
            let task = lane.client.execute(request: request, delegate: exchange)
            let number = lane.vigil.begin(task, exchange, limits)
            defer { lane.vigil.end(number) }
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
            return clients.lanes.map(\.client)
        }
        guard !ending.isEmpty else { return }
        let done = home.makePromise(of: Void.self)
        let patience = home.scheduleTask(in: .seconds(1)) { done.succeed() }
        EventLoopFuture.andAllComplete(ending.map { $0.shutdown() }, on: home).cascade(to: done)
        try? await done.futureResult.get()
        patience.cancel()
    }

    private func lane(_ purpose: Purpose, on loop: any EventLoop) throws -> Lane {
        try clients.withLock { clients in
            guard !clients.isShutDown else { throw HTTPClientError.alreadyShutdown }
            if let known = clients.lanes.first(where: { $0.purpose == purpose }) { return known }
            let lane = Lane(
                purpose: purpose, client: HTTPClient(eventLoopGroup: loop, configuration: configuration(for: purpose)),
                host: HostAddress(purpose.base), vigil: Vigil(on: loop))
            clients.lanes.append(lane)
            return lane
        }
    }

    private func configuration(for purpose: Purpose) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(purpose.connecting)),
            connectionPool: .init(idleTimeout: TimeAmount(idle)),
            proxy: purpose.proxy.map { .server(host: $0.host, port: $0.port, authorization: $0.authorization) })
        configuration.httpVersion = .http1Only
        // Nobody collects traces, and making what they are made of costs.
        configuration.tracing.tracer = nil
        let name = purpose.base.scheme == "https" ? ServerName(purpose.base) : nil
        configuration.http1_1ConnectionDebugInitializer = { channel in
            do { try WholeRequests.join(on: channel) } catch { return channel.eventLoop.makeFailedFuture(error) }
            return name?.verify(channel) ?? channel.eventLoop.makeSucceededVoidFuture()
        }
        // Who asks again, and how often at once, is decided above; and a connection that `verify` refuses may be closed
        // only because the client has no second attempt in mind.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1024
        return configuration
    }
}

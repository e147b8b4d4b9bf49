import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PrometheusMetrics
import Reports
import ServiceLifecycle
import Synchronization

/// The operators' socket: the live page, health, readiness and metrics.
struct AdminServer: Service {
    let address: ListenAddress
    let feed: LiveFeed
    let logger: Logger
    let onListening: @Sendable (Int) async -> Void
    private let ending = Ending()

    init(
        address: ListenAddress, feed: LiveFeed, logger: Logger, onListening: @escaping @Sendable (Int) async -> Void
    ) {
        self.address = address
        self.feed = feed
        self.logger = logger
        self.onListening = onListening
    }

    /// Whether the server is to end: what goes on for ever must not.
    private final class Ending: Sendable {
        private let flag = Atomic(false)

        var hasBegun: Bool { flag.load(ordering: .relaxed) }
        func begin() { flag.store(true, ordering: .relaxed) }
    }

    func run() async throws {
        let responder = CallbackResponder { [self] (request: Request, _: BasicRequestContext) in
            let response = await respond(to: request)
            return request.method == .head ? response.createHeadResponse() : response
        }
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), serverName: nil),
            onServerRunning: { [onListening] channel in await onListening(channel.localAddress?.port ?? 0) },
            logger: logger)
        try await withGracefulShutdownHandler {
            try await application.run()
        } onGracefulShutdown: { [ending] in
            ending.begin()
        }
    }

    private func respond(to request: Request) async -> Response {
        guard request.method == .get || request.method == .head else {
            var response = text(.methodNotAllowed, "Only GET is known here.\n")
            response.headers.add("Allow", "GET, HEAD")
            return response
        }
        // Nobody's page may be made to ask: a name that leads here by rebinding is refused.
        if let host = request.head.authority, !isOurs(host) { return text(.misdirectedRequest, "Not this host.\n") }
        switch request.uri.path {
        case "/_bridge", "/_bridge/":
            let state = await feed.state()
            return Response(
                status: .ok,
                headers: headers("text/html; charset=utf-8", also: [("Content-Security-Policy", LivePage.policy)]),
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: LivePage.html(state))))
        case LivePage.events: return events()
        case "/_bridge/health": return text(.ok, "ok\n")
        case "/_bridge/ready":
            return feed.load.isDraining ? text(.serviceUnavailable, "draining\n") : text(.ok, "ready\n")
        case "/_bridge/metrics":
            await feed.countPending()
            return Response(
                status: .ok, headers: headers(PrometheusRegistry.contentType),
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: feed.registry.text())))
        default: return text(.notFound, "Here are /_bridge/, /_bridge/health, /_bridge/ready and /_bridge/metrics.\n")
        }
    }

    /// A state a second, as server-sent events, until the page closes or the gateway ends.
    private func events() -> Response {
        let body = ResponseBody { [feed, ending] writer in
            try await writer.write(ByteBuffer(string: "retry: 1500\n\n"))
            while !ending.hasBegun {
                var event = ByteBuffer(string: "data: ")
                event.writeBytes(await feed.state().json())
                event.writeString("\n\n")
                try await writer.write(event)
                try await Task.sleep(for: .seconds(1))
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers("text/event-stream"), body: body)
    }

    private func isOurs(_ authority: String) -> Bool {
        guard address.isLoopback else { return true }
        let authority = authority.lowercased()
        let host =
            ListenAddress(authority)?.host
            ?? (authority.hasPrefix("[") ? String(authority.dropFirst().dropLast()) : authority)
        return host == address.host || ListenAddress(host: host, port: 0).isLoopback
    }

    private func text(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status, headers: headers("text/plain; charset=utf-8"),
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func headers(_ type: String, also others: [(String, String)] = []) -> HTTPFields {
        var headers = HTTPFields()
        headers.add("Content-Type", type)
        headers.add("Cache-Control", "no-store")
        headers.add("X-Content-Type-Options", "nosniff")
        headers.add("Referrer-Policy", "no-referrer")
        for (name, value) in others { headers.add(name, value) }
        return headers
    }
}

extension HTTPFields {
    /// A name that HTTP does not know for one is left out.
    fileprivate mutating func add(_ name: String, _ value: String) {
        guard let name = HTTPField.Name(name) else { return }
        append(HTTPField(name: name, value: value))
    }
}

import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOHTTPTypes
package import NIOSSL
import ServiceLifecycle
import Translation

/// The gateway's socket: requests to their handler and answers back, within limits, each marked and logged.
package struct GatewayServer: Service {
    private let handler: any RequestHandler
    private let address: ListenAddress
    private let tls: TLSConfiguration?
    private let load: ServerLoad
    private let refusals: ServerRefusals
    private let observer: any AnswerObserver
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
        self.handler = handler
        self.address = address
        self.tls = tls
        self.load = load
        self.refusals = refusals
        self.observer = observer
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until its service group shuts down: then nothing new is taken, and what is under way is answered.
    package func run() async throws {
        let responder = CallbackResponder { [self] (request: Request, context: Context) in
            await respond(to: request, context)
        }
        let load = load
        let ownAnswers = OwnAnswers(busy: refusals.busy, mark: handler.mark, observer: observer)
        var decoder = HTTP1Channel.Configuration.DecoderConfiguration()
        decoder.maxHeaderListSize = load.limits.headers
        decoder.maxHeaderFieldSize = load.limits.headers
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(load, ownAnswers)],
            httpDecoderConfiguration: decoder)
        let plain = HTTPServerBuilder.http1(configuration: channel)
        let application = Application(
            responder: responder, server: try tls.map { try .tls(plain, tlsConfiguration: $0) } ?? plain,
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), serverName: nil, backlog: 1024),
            onServerRunning: { [onListening] channel in await onListening(channel.localAddress?.port ?? 0) },
            logger: logger)
        try await withGracefulShutdownHandler {
            try await application.run()
        } onGracefulShutdown: {
            load.drain()
        }
    }

    // MARK: - One request

    private func respond(to request: Request, _ context: Context) async -> Response {
        let start = ContinuousClock.now
        let id = RequestID.make()
        let answer = await answer(to: request, context)
        return finished(answer, request, context, id, since: start)
    }

    private func answer(to request: Request, _ context: Context) async -> FrontAnswer {
        var exchange = ExchangeRequest(method: request.method.rawValue, path: request.uri.string)
        for field in request.headers { exchange.headers.append(field.name.rawName, field.value) }
        if let authority = request.head.authority { exchange.headers.append("Host", authority) }
        do {
            exchange.body = try await body(of: request)
        } catch {
            // The client has gone, or took too long: nobody hears the answer. Or its body is none of HTTP.
            var answer = Self.own(ExchangeResponse(status: 400, headers: ["Connection": "close"]), "interrupted")
            answer.isSent = context.channel.isActive
            return answer
        }
        guard exchange.body.count <= load.limits.body else { return Self.own(refusals.tooLarge, "too-large") }
        // Who is slow to send a request keeps nobody else from being answered.
        guard load.beginRequest() else {
            load.refuse()
            return Self.own(refusals.busy, "busy")
        }
        defer { load.endRequest() }
        return await handled(exchange)
    }

    /// The handler's answer. Once the time is over in which a server that ends waits for what is under way, there is none.
    private func handled(_ exchange: ExchangeRequest) async -> FrontAnswer {
        let answer = await handler.answer(exchange)
        guard Task.isCancelled else { return answer }
        var cutOff = Self.own(refusals.busy, "cut-off")
        cutOff.isSent = false
        return cutOff
    }

    private static func own(_ response: ExchangeResponse, _ outcome: String) -> FrontAnswer {
        var answer = FrontAnswer(response, .unknown)
        answer.outcome = outcome
        return answer
    }

    /// The body, up to a little more than is taken: the rest is passed over.
    private func body(of request: Request) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in request.body where bytes.count <= load.limits.body { bytes += part.readableBytesView }
        return bytes
    }

    private func finished(
        _ answer: FrontAnswer, _ request: Request, _ context: Context, _ id: String,
        since start: ContinuousClock.Instant
    ) -> Response {
        var answer = answer
        var headers = HTTPFields(answer.response.headers)
        headers.add("X-NCTSBridge", handler.mark)
        if let date = answer.response.headers["Date"] { headers.add(HTTP1Manners.ownDate, date) }
        if answer.response.headers["X-Request-ID"] == nil { headers.add("X-Request-ID", id) }
        if load.isDraining || request.headers[.connection] == "close" { headers[.connection] = "close" }
        if request.method == .head {
            // The length that there would be, and nothing behind it: a body would be taken for the next answer.
            if answer.response.headers["Content-Length"] == nil {
                headers[.contentLength] = String(answer.response.body.count)
            }
            answer.response.body = []
        }
        let duration = ContinuousClock.now - start
        observer.answered(
            answer, method: request.method.rawValue, client: context.client, id: id, after: duration)
        return Response(
            status: HTTPResponse.Status(code: answer.response.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.response.body)))
    }

    private struct Context: RequestContext {
        var coreContext: CoreRequestContextStorage
        /// The address that the connection came from: it can't be asked for any more once the connection is closed.
        let client: String
        let channel: any Channel

        init(source: ApplicationRequestContextSource) {
            coreContext = CoreRequestContextStorage(source: source)
            channel = source.channel
            client = channel.remoteAddress?.ipAddress ?? ""
        }
    }
}

/// Hears of each answer that is sent: for the log and the metrics.
package protocol AnswerObserver: Sendable {
    func answered(_ answer: FrontAnswer, method: String, client: String, id: String, after duration: Duration)
}

enum RequestID {
    /// A name for a request: 16 random hexadecimal digits.
    static func make() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

extension HTTPFields {
    init(_ fields: HeaderFields) {
        self.init()
        reserveCapacity(fields.fields.count + 3)
        for field in fields.fields { add(field.name, field.value) }
    }

    /// A name that HTTP does not know for one is left out.
    mutating func add(_ name: String, _ value: String) {
        guard let name = HTTPField.Name(name) else { return }
        append(HTTPField(name: name, value: value))
    }
}

import AsyncHTTPClient
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix

let env = ProcessInfo.processInfo.environment
let arguments = CommandLine.arguments
let port = Int(arguments[1])!
let base = arguments[2]
if env["EXEC"] == "takeover" {
    let done = NIOSingletons.unsafeTryInstallSingletonPosixEventLoopGroupAsConcurrencyGlobalExecutor()
    FileHandle.standardError.write(Data("takeover \(done)\n".utf8))
}
let loops = env["LOOPS"].flatMap { Int($0) }
let group: any EventLoopGroup =
    loops.map { MultiThreadedEventLoopGroup(numberOfThreads: $0) } ?? MultiThreadedEventLoopGroup.singleton

final class LoopExecutor: TaskExecutor {
    let group: any EventLoopGroup
    init(_ group: any EventLoopGroup) { self.group = group }
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        group.any().execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

struct ProxyContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let loop: any EventLoop
    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        loop = source.channel.eventLoop
    }
}

enum Mode: Sendable { case async, future, indifferent }

struct Forward: HTTPResponder {
    let client: HTTPClient
    let base: String
    let mode: Mode

    func respond(to request: Request, context: ProxyContext) async throws -> Response {
        var headers = HTTPHeaders()
        for field in request.headers where field.name != .connection && field.name != .contentLength {
            headers.add(name: field.name.rawName, value: field.value)
        }
        let body = try await request.body.collect(upTo: 1 << 20)
        switch mode {
        case .async:
            var outgoing = HTTPClientRequest(url: base + (request.head.path ?? "/"))
            outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
            outgoing.headers = headers
            outgoing.body = .bytes(body)
            let answer = try await client.execute(outgoing, deadline: .now() + .seconds(30))
            return respond(answer.status, answer.headers, try await answer.body.collect(upTo: 1 << 20))
        case .future, .indifferent:
            let outgoing = try HTTPClient.Request(
                url: base + (request.head.path ?? "/"), method: HTTPMethod(rawValue: request.method.rawValue),
                headers: headers, body: .byteBuffer(body))
            let answer = try await client.execute(
                request: outgoing, eventLoop: mode == .future ? .delegateAndChannel(on: context.loop) : .indifferent
            ).get()
            return respond(answer.status, answer.headers, answer.body ?? ByteBuffer())
        }
    }

    func respond(_ status: HTTPResponseStatus, _ headers: HTTPHeaders, _ body: ByteBuffer) -> Response {
        var fields = HTTPFields()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name), name != .connection, name != .transferEncoding else { continue }
            fields.append(HTTPField(name: name, value: value))
        }
        return Response(
            status: .init(code: Int(status.code), reasonPhrase: status.reasonPhrase), headers: fields,
            body: .init(byteBuffer: body))
    }
}

var configuration = HTTPClient.Configuration()
configuration.redirectConfiguration = .disallow
configuration.httpVersion = .http1Only
if env["TRACE"] == "off" { configuration.tracing.tracer = nil }
configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Int(env["POOL"] ?? "128")!
let client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
let mode: Mode =
    switch env["MODE"] ?? "future" {
    case "async": .async
    case "indifferent": .indifferent
    default: .future
    }
var logger = Logger(label: "x")
logger.logLevel = .critical
let app = Application(
    responder: Forward(client: client, base: base, mode: mode),
    configuration: .init(address: .hostname("127.0.0.1", port: port)), eventLoopGroupProvider: .shared(group),
    logger: logger)
if env["EXEC"] == "task" {
    try await withTaskExecutorPreference(LoopExecutor(group)) { try await app.runService() }
} else {
    try await app.runService()
}

import AsyncHTTPClient
import Foundation
import Hummingbird
import NIOCore

// What our libraries cost when nothing is done between them. Measured on two cores against its alternatives: client and
// server on the same loops, tasks on Swift's own pool and bodies in one piece answer the most requests per second.

let numbers = CommandLine.arguments.dropFirst().compactMap { UInt16($0) }
guard numbers.count == 2, CommandLine.arguments.count == 3 else {
    FileHandle.standardError.write(Data("usage: pass-through PORT UPSTREAM-PORT, both of 127.0.0.1\n".utf8))
    exit(64)
}
var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
configuration.httpVersion = .http1Only
// By default eight connections serve all requests, and each request's attributes are collected for a tracer that isn't there.
configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1024
configuration.tracing.tracer = nil
let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
let proxy = Application(
    responder: Forwarding(client: client, upstream: "http://127.0.0.1:\(numbers[1])"),
    configuration: .init(address: .hostname("127.0.0.1", port: Int(numbers[0]))), eventLoopGroupProvider: .singleton)
try await proxy.runService()
try await client.shutdown().get()

import NIOCore
import NIOPosix
package import NIOSSL

/// A server on loopback whose connections do what a test writes down.
package struct Server: Sendable {
    package let port: Int

    /// Listens while `body` runs; each connection runs `script`, and is closed at its end.
    package static func run<Result: Sendable>(
        tls: TLSConfiguration? = nil, _ script: @escaping @Sendable (Wire) async throws -> Void,
        while body: (Server) async throws -> Result
    ) async throws -> Result {
        let context = try tls.map { try NIOSSLContext(configuration: $0) }
        let (accepted, acceptance) = AsyncStream.makeStream(of: Connection.self)
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    acceptance.yield(try Connection(channel))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = Server(port: listener.localAddress?.port ?? 0)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await serve(accepted, script) }
            defer { group.cancelAll() }
            let result = try await body(server)
            try await listener.close()
            return result
        }
    }

    private static func serve(
        _ accepted: AsyncStream<Connection>, _ script: @escaping @Sendable (Wire) async throws -> Void
    ) async {
        await withDiscardingTaskGroup { group in
            for await connection in accepted {
                group.addTask {
                    // A client that leaves early breaks a script: what counts is what the client saw.
                    try? await script(Wire(connection))
                    try? await connection.channel.close()
                }
            }
        }
    }
}

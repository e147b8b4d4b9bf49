import NIOCore
import NIOPosix
import NetworkSupport

/// A proxy that opens tunnels, whatever their target's name, to one port of this machine.
struct TestProxy {
    /// Where all tunnels lead.
    let target: Int
    let events: Events

    /// A connection's script: it notes the request for a tunnel, grants it, and carries bytes both ways.
    func tunnel(_ wire: Wire) async throws {
        guard let request = await wire.request() else { return }
        events.add(request.head)
        let onward = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: target) { channel in
                channel.eventLoop.makeCompletedFuture { try Connection(channel) }
            }
        try await wire.write("HTTP/1.1 200 Connection established\r\n\r\n")
        let back = wire.channel
        async let answers: Void = {
            for await part in onward.received { try await back.writeAndFlush(part) }
            try await back.close()
        }()
        while let part = await wire.bytes() { try await onward.channel.writeAndFlush(ByteBuffer(bytes: part)) }
        try? await onward.channel.close()
        try? await answers
    }
}

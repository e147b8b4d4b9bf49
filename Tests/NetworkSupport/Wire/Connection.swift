package import NIOCore

/// One end of a connection: a channel, and the bytes that come in by it.
package struct Connection: Sendable {
    package let channel: any Channel
    /// Ends with the connection.
    package let received: AsyncStream<ByteBuffer>

    /// To be called while the channel is set up.
    package init(_ channel: any Channel) throws {
        self.channel = channel
        let (received, reception) = AsyncStream.makeStream(of: ByteBuffer.self)
        self.received = received
        try channel.pipeline.syncOperations.addHandler(Receiver(reception))
    }

    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let reception: AsyncStream<ByteBuffer>.Continuation

        init(_ reception: AsyncStream<ByteBuffer>.Continuation) {
            self.reception = reception
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            reception.yield(unwrapInboundIn(data))
        }

        func channelInactive(context: ChannelHandlerContext) {
            reception.finish()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            reception.finish()
            context.close(promise: nil)
        }
    }
}

import NIOCore
import NIOHTTP1

/// Sends a request's head and body together. The client flushes the one and then the other: that is twice the work for this
/// machine and for the server's, which can do nothing with a head alone.
final class WholeRequests: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    private var isIncomplete = false

    /// Puts one into a connection of the client's, on its loop.
    static func join(on channel: any Channel) throws {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(WholeRequests(), position: .after(pipeline.handler(type: HTTPRequestEncoder.self)))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head: isIncomplete = true
        case .body: break
        case .end: isIncomplete = false
        }
        context.write(data, promise: promise)
    }

    func flush(context: ChannelHandlerContext) {
        if !isIncomplete { context.flush() }
    }

    /// As much waits as may: the client waits for it to be sent before it says more.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if !context.channel.isWritable { context.flush() }
        context.fireChannelWritabilityChanged()
    }
}

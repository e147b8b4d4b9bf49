import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Watches one connection: that its client sends a request in time and takes its answer in time, and that there are not too
/// many of them. One that is too many is answered 503 before anything of it is read.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let load: ServerLoad
    private let refusal: HTTPResponseHead
    private let admission: ServerLoad.Admission
    private var timer: Scheduled<Void>?
    private var isOpen = true

    struct HTTPResponseHead: Sendable {
        var head: HTTPResponse
        var body: [UInt8]
    }

    init(_ load: ServerLoad, refusal: HTTPResponseHead) {
        self.load = load
        self.refusal = refusal
        admission = load.openConnection()
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if admission != .served { load.refuse() }
        if admission == .closed { return context.close(promise: nil) }
        expect(within: load.limits.request, context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { close() }

    func channelInactive(context: ChannelHandlerContext) {
        close()
        context.fireChannelInactive()
    }

    private func close() {
        guard isOpen else { return }
        isOpen = false
        timer?.cancel()
        load.closeConnection()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            guard admission == .served else { return refuse(context) }
            expect(within: load.limits.request, context)
        case .end:
            // From here on it is the service that takes its time.
            timer?.cancel()
            timer = nil
        case .body: break
        }
        guard admission == .served else { return }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { expect(within: load.limits.idle, context) }
        context.write(data, promise: promise)
    }

    /// Closes the connection unless something happens in time.
    private func expect(within duration: Duration, _ context: ChannelHandlerContext) {
        timer?.cancel()
        let channel = context.channel
        timer = context.eventLoop.scheduleTask(in: TimeAmount(duration)) { channel.close(promise: nil) }
    }

    private func refuse(_ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(refusal.head)), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: refusal.body))), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }
}

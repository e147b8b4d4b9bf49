import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Watches one connection: that its client sends a request in time and takes its answer in time, and that there are not too
/// many of them. One that is too many is answered 503, whatever it asks. Answers that nobody has marked, to what is no
/// HTTP, are marked here.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let load: ServerLoad
    private let ownAnswers: OwnAnswers
    private var admission = ServerLoad.Admission.closed
    private var client = ""
    private var timer: RepeatedTask?
    private var deadline: NIODeadline?
    private var isOpen = false
    /// Whether a request's head was read, and not yet its end.
    private var isReading = false
    /// Requests whose answers are not written yet.
    private var unanswered = 0
    private var isHeaderTooLarge = false

    init(_ load: ServerLoad, _ ownAnswers: OwnAnswers) {
        self.load = load
        self.ownAnswers = ownAnswers
    }

    // MARK: - The connection

    func handlerAdded(context: ChannelHandlerContext) {
        isOpen = true
        client = context.remoteAddress?.ipAddress ?? ""
        admission = load.openConnection()
        if admission != .served { load.refuse() }
        if admission == .closed { return context.close(promise: nil) }
        let pipeline = context.pipeline.syncOperations
        if let codec = try? pipeline.context(handlerType: HTTP1ToHTTPServerCodec.self) {
            try? pipeline.addHandler(HTTP1Manners(), position: .before(codec.handler))
        }
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

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch part {
        case .head:
            isReading = true
            unanswered += 1
            expect(within: load.limits.request, context)
        case .end:
            isReading = false
            // From here on it is the service that takes its time.
            if unanswered > 0 { stopWaiting() }
        case .body: break
        }
        if admission == .served { context.fireChannelRead(data) } else { refuse(part, context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case HTTPParserError.headerOverflow = error { isHeaderTooLarge = true }
        context.fireErrorCaught(error)
    }

    /// Says at once that it is too many, and closes the connection once the client has said all: who is cut off while it
    /// speaks hears nothing.
    private func refuse(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head(let request):
            let (head, body) = ownAnswers.busy(request.method.rawValue, to: client)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(ByteBuffer(bytes: body))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .body: break
        case .end: context.close(promise: nil)
        }
    }

    // MARK: - Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head) where !ownAnswers.isMarked(head):
            let marked = ownAnswers.marked(head, isHeaderTooLarge: isHeaderTooLarge, to: client)
            context.write(wrapOutboundOut(.head(marked)), promise: promise)
            return
        case .end:
            unanswered = max(unanswered - 1, 0)
            if unanswered == 0, !isReading { expect(within: load.limits.idle, context) }
        case .head, .body: break
        }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if !context.channel.isWritable {
            // Answers pile up: they are not taken.
            expect(within: load.limits.request, context)
        } else if unanswered > 0, !isReading {
            stopWaiting()
        } else {
            expect(within: isReading ? load.limits.request : load.limits.idle, context)
        }
        context.fireChannelWritabilityChanged()
    }

    // MARK: - Time

    /// Closes the connection unless something happens in time, or a little later.
    private func expect(within duration: Duration, _ context: ChannelHandlerContext) {
        deadline = .now() + TimeAmount(duration)
        if timer == nil { watch(context.channel) }
    }

    private func stopWaiting() { deadline = nil }

    /// Looks at the deadline from time to time: to set a timer for each request, and to take it back, costs more than all
    /// else here.
    private func watch(_ channel: any Channel) {
        let bound = NIOLoopBound(self, eventLoop: channel.eventLoop)
        let pause = TimeAmount(min(load.limits.request, load.limits.idle)) / 4
        timer = channel.eventLoop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { _ in
            guard let deadline = bound.value.deadline, deadline <= .now() else { return }
            channel.close(promise: nil)
        }
    }
}

extension TimeAmount {
    /// Never nothing: a task that is repeated without a pause leaves no time for others.
    fileprivate static func / (amount: TimeAmount, divisor: Int64) -> TimeAmount {
        .nanoseconds(max(amount.nanoseconds / divisor, 1_000_000))
    }
}

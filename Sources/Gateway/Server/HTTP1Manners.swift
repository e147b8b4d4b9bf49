import NIOCore
import NIOHTTP1

/// What HTTP/1 asks of a server before the version of a message is forgotten: who is told to send its body waits to be told
/// so, and who does not keep its connection, as nobody of HTTP/1.0 does unless it says so, has it closed. An answer that was
/// dated by who gave it keeps its date.
final class HTTP1Manners: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Where an answer's own date stands until it is written: the server dates whatever it sends.
    static let ownDate = "X-NCTSBridge-Own-Date"

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data), let date = head.headers.first(name: Self.ownDate) else {
            return context.write(data, promise: promise)
        }
        head.headers.remove(name: Self.ownDate)
        head.headers.replaceOrAdd(name: "Date", value: date)
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        let expected = head.headers[canonicalForm: "Expect"]
        if head.version == .http1_1, expected.contains(where: { $0.lowercased() == "100-continue" }) {
            let goOn = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(goOn)), promise: nil)
        }
        if !head.isKeepAlive {
            // However it was said, it is read in this one spelling; what else is this connection's alone goes no further.
            for name in head.headers[canonicalForm: "Connection"] { head.headers.remove(name: String(name)) }
            head.headers.replaceOrAdd(name: "Connection", value: "close")
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}

import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// What is done with each connection that the server takes. All of it happens on the connection's own event loop, from the
/// bytes of a request to those of its answer: between threads a request would take longer than all else here.
struct Connections: ServerChildChannel {
    let service: Conversation.Service

    struct Served: ServerChildChannelValue {
        let channel: any Channel
        fileprivate let conversation: NIOLoopBound<Conversation>
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Served> {
        channel.eventLoop.makeCompletedFuture {
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderListSize = service.load.limits.headers
            limits.maxHeaderFieldSize = service.load.limits.headers
            limits.maxHeaderFieldCount = 1000
            let pipeline = channel.pipeline.syncOperations
            // Order, errors and odd headers are the conversation's to deal with.
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
            let conversation = Conversation(on: channel, with: service)
            try pipeline.addHandler(conversation)
            return Served(channel: channel, conversation: NIOLoopBound(conversation, eventLoop: channel.eventLoop))
        }
    }

    /// Waits for the connection's end, or makes it: once the time is over in which a server that ends waits.
    func handle(value served: Served, logger: Logger) async {
        await withTaskCancellationHandler {
            try? await served.channel.closeFuture.get()
        } onCancel: {
            served.channel.eventLoop.execute { served.conversation.value.cutOff() }
        }
    }
}

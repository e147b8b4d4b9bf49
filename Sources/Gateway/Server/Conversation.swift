import DequeModule
import NIOCore
import NIOHTTP1
import Translation

/// One client's connection: its requests in, one after the other, and their answers out. It watches that the client sends a
/// request in time and takes its answer in time, and that there are not too many of them: one that is too many is answered
/// 503, whatever it asks. All of it happens on the connection's event loop.
final class Conversation: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// What all conversations share.
    struct Service: Sendable {
        let handler: any RequestHandler
        let load: ServerLoad
        let refusals: ServerRefusals
        let observer: any AnswerObserver
    }

    private enum Stage {
        case idle, reading, answering
        /// The last answer is being written.
        case closing
        /// Nothing is taken any more, nor said.
        case over
    }

    private let service: Service
    private let channel: any Channel
    private let patience: Patience
    private let executor: LoopExecutor
    private let date = AnswerDate()
    /// The address that the connection came from: it can't be asked for any more once the connection is closed.
    private let client: String
    private var admission = ServerLoad.Admission.closed
    private var stage = Stage.idle
    /// The request that is read, or answered.
    private var request: IncomingRequest?
    /// Whether nothing is answered after it.
    private var isLast = false
    /// Whether the client has said all that it will.
    private var hasHeardAll = false
    private var isQuiescing = false
    private var hasAnswered = false
    /// Whether what else comes would not be read as HTTP, but kept by who decodes it.
    private var isDeaf = false
    private var isOpen = false
    /// Chance is asked for once: for each request that would take the kernel longer than all else here.
    private var ids = IdentifierGenerator(seed: .random(in: .min ... .max), record: 0)
    /// What the client has said of further requests, before it was answered.
    private var waiting: Deque<HTTPServerRequestPart> = []
    /// What it then said that is no HTTP.
    private var waitingError: HTTPParserError?
    private var isTakingWaiting = false
    /// Whether more is to be read once nothing waits.
    private var holdsRead = false

    init(on channel: any Channel, with service: Service) {
        self.channel = channel
        self.service = service
        patience = Patience(with: channel)
        executor = LoopExecutor(channel.eventLoop)
        client = channel.remoteAddress?.ipAddress ?? ""
    }

    private var limits: ServerLimits { service.load.limits }

    // MARK: - The connection

    func handlerAdded(context: ChannelHandlerContext) {
        isOpen = true
        admission = service.load.openConnection()
        if admission != .served { service.load.refuse() }
        if admission == .closed { return context.close(promise: nil) }
        patience.watch(every: min(limits.request, limits.idle) / 4)
        patience.expectSomething(within: limits.request)
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    private func end() {
        guard isOpen else { return }
        isOpen = false
        patience.end()
        service.load.closeConnection()
        // Of what it asked besides nothing is begun.
        (waiting, waitingError) = ([], nil)
        // Nobody hears what would be said of a request that was not said to its end.
        if stage == .reading, admission == .served { lose("interrupted", status: 400) }
    }

    /// Ends it without an answer.
    func cutOff() {
        if stage == .answering { service.load.endRequest() }
        if stage == .answering || stage == .reading { lose("cut-off", status: service.refusals.busy.status) }
        stage = .over
        channel.close(promise: nil)
    }

    /// Notes an answer that is not sent.
    private func lose(_ outcome: String, status: Int) {
        stage = .over
        var answer = FrontAnswer(ExchangeResponse(status: status), .unknown)
        answer.outcome = outcome
        answer.isSent = false
        note(answer, request?.id ?? ids.requestID())
    }

    private func note(_ answer: FrontAnswer, _ id: String) {
        service.observer.answered(
            answer, method: request?.head.method.rawValue ?? "-", client: client, id: id,
            after: request.map { ContinuousClock.now - $0.start } ?? .zero)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            hasHeardAll = true
            closeIfDone(context)
        case is ChannelShouldQuiesceEvent:
            isQuiescing = true
            closeIfDone(context)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Closes the connection, unless something is still to be answered.
    private func closeIfDone(_ context: ChannelHandlerContext) {
        if stage == .over { return context.close(promise: nil) }
        guard stage == .idle, waiting.isEmpty else { return }
        if !hasAnswered { return context.close(promise: nil) }
        stage = .closing
        // What was said, and is not yet sent, goes first.
        context.close(mode: .output, promise: closing(.all, context))
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if !context.channel.isWritable {
            // Answers pile up: they are not taken.
            patience.expectSomething(within: limits.request)
        } else {
            if stage == .answering {
                patience.stopWaiting()
            } else {
                patience.expectSomething(within: stage == .idle ? limits.idle : limits.request)
            }
            takeWaiting(context)
        }
        context.fireChannelWritabilityChanged()
    }

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if mustWait { waiting.append(part) } else { take(part, context) }
    }

    /// Whether what comes has to wait: for its turn, or for the client to take its answers.
    private var mustWait: Bool { stage == .answering || !waiting.isEmpty || !channel.isWritable }

    /// As long as parts of further requests wait no more is read, and nothing where it would only pile up.
    func read(context: ChannelHandlerContext) {
        if waiting.isEmpty, !isDeaf { context.read() } else { holdsRead = true }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case let error as HTTPParserError: if mustWait { waitingError = error } else { answer(error, context) }
        // What comes behind what was no HTTP is nothing either.
        case ByteToMessageDecoderError.dataReceivedInErrorState: return
        default: context.close(promise: nil)
        }
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head(let head):
            guard stage == .idle else { return }
            stage = .reading
            request = IncomingRequest(head, id: ids.requestID())
            patience.expectSomething(within: limits.request)
            guard admission == .served else { return refuse(context) }
            if head.asksForAnotherProtocol { isLast = true }
            if request?.waitsToGoOn == true {
                let goOn = HTTPResponseHead(version: .http1_1, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(goOn)), promise: nil)
            }
        case .body(let part):
            if stage == .reading { request?.take(part, upTo: limits.body) }
        case .end:
            // Who is cut off while it speaks hears nothing: now all is said.
            if admission != .served { return context.close(promise: nil) }
            guard stage == .reading else { return }
            isDeaf = request?.head.asksForAnotherProtocol ?? false
            stage = .answering
            patience.stopWaiting()
            handle(context)
        }
    }

    /// An answer was written: what waits has its turn, up to the next that is not answered at once.
    private func takeWaiting(_ context: ChannelHandlerContext) {
        guard isOpen, !isTakingWaiting else { return }
        isTakingWaiting = true
        while stage != .answering, channel.isWritable, let part = waiting.popFirst() { take(part, context) }
        isTakingWaiting = false
        guard stage != .answering, waiting.isEmpty else { return }
        if let error = waitingError {
            waitingError = nil
            answer(error, context)
        }
        readOn(context)
        if hasHeardAll || isQuiescing { closeIfDone(context) }
    }

    private func readOn(_ context: ChannelHandlerContext) {
        guard holdsRead, !isDeaf else { return }
        holdsRead = false
        context.read()
    }

    private func answer(_ error: HTTPParserError, _ context: ChannelHandlerContext) {
        guard stage == .idle || stage == .reading else {
            if admission != .served { context.close(promise: nil) }
            return
        }
        guard admission == .served else { return refuse(context) }
        isLast = true
        var answer = Self.own(ExchangeResponse(status: 400), stage == .reading ? "interrupted" : "malformed")
        if case .headerOverflow = error { answer = Self.own(ExchangeResponse(status: 431), "too-large") }
        write(answer, context)
    }

    /// Has the request answered.
    private func handle(_ context: ChannelHandlerContext) {
        guard let request, stage == .answering else { return }
        guard request.body.count <= limits.body else {
            return write(Self.own(service.refusals.tooLarge, "too-large"), context)
        }
        // Who is slow to send a request keeps nobody else from being answered: only from here on it counts.
        guard service.load.beginRequest() else {
            service.load.refuse()
            return write(Self.own(service.refusals.busy, "busy"), context)
        }
        let loop = context.eventLoop
        let exchange = request.exchange
        let bound = NIOLoopBound((self, context), eventLoop: loop)
        Task.immediate(executorPreference: executor) { [handler = service.handler] in
            await handler.answer(exchange) { answer in
                if loop.inEventLoop {
                    bound.value.0.hear(answer, bound.value.1)
                } else {
                    loop.execute { bound.value.0.hear(answer, bound.value.1) }
                }
            }
        }
    }

    /// The handler has answered the request.
    private func hear(_ answer: FrontAnswer, _ context: ChannelHandlerContext) {
        // It was cut off.
        guard stage == .answering else { return }
        service.load.endRequest()
        write(answer, context)
    }

    private static func own(_ response: ExchangeResponse, _ outcome: String) -> FrontAnswer {
        var answer = FrontAnswer(response, .unknown)
        answer.outcome = outcome
        return answer
    }

    /// Says at once that it is one too many; the connection is closed once the client has said all.
    private func refuse(_ context: ChannelHandlerContext) {
        isLast = true
        write(Self.own(service.refusals.busy, "busy"), context)
    }

    // MARK: - Answers

    private func write(_ answer: FrontAnswer, _ context: ChannelHandlerContext) {
        var answer = answer
        answer.isSent = channel.isActive
        if hasHeardAll, waiting.isEmpty, waitingError == nil { isLast = true }
        if isQuiescing || service.load.isDraining || request?.head.isKeepAlive == false { isLast = true }
        let id = request?.id ?? ids.requestID()
        context.write(wrapOutboundOut(.head(head(of: answer, id))), promise: nil)
        // What would be the body is told of, and not sent: it would be taken for the next answer.
        if request?.head.method == .HEAD { answer.response.body = [] }
        if !answer.response.body.isEmpty {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.response.body)))), promise: nil)
        }
        note(answer, id)
        hasAnswered = true
        // Who is refused may still be speaking.
        let closes = isLast && (admission == .served || request == nil)
        request = nil
        stage = isLast ? .closing : .idle
        patience.expectSomething(within: channel.isWritable && !isLast ? limits.idle : limits.request)
        let closing = closes ? closing(hasHeardAll ? .all : .output, context) : nil
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: closing)
        guard isLast else { return takeWaiting(context) }
        // What else was said is passed over.
        waiting = []
        readOn(context)
    }

    /// Closes the connection once all is written; behind an answer only from this side for now, for who closes a connection
    /// before it has read all takes the answer away.
    private func closing(_ mode: CloseMode, _ context: ChannelHandlerContext) -> EventLoopPromise<Void> {
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { [self] _ in
            stage = .over
            context.close(mode: mode, promise: nil)
        }
        return written
    }

    private func head(of answer: FrontAnswer, _ id: String) -> HTTPResponseHead {
        HTTPResponseHead(answer.response, named: id, mark: service.handler.mark, isLast: isLast, at: date.text())
    }
}

import AsyncHTTPClient
import GuaranteeClients
import NIOCore
import NIOHTTP1
import Synchronization
import Translation

/// One exchange as the client reports it: how far the request went, and the answer as it comes in.
final class Exchange: HTTPClientResponseDelegate {
    private struct State {
        var isSent = false
        var lastSign: NIODeadline?
        var answer = ExchangeResponse(status: 0)
    }

    private let maximumBody: Int
    private let state = Mutex(State())

    init(maximumBody: Int) {
        self.maximumBody = maximumBody
    }

    /// Whether the request may have arrived. The client tells that the head went in the same turn of the loop in which it
    /// writes it, before a body: no deadline and no cancellation comes between, and as long as this is false the server
    /// has no whole request.
    var isSent: Bool { state.withLock { $0.isSent } }

    /// When the request went, or the last piece of its answer came; nil before.
    var lastSign: NIODeadline? { state.withLock { $0.lastSign } }

    func didSendRequestHead(task: HTTPClient.Task<ExchangeResponse>, _ head: HTTPRequestHead) {
        state.withLock { $0.isSent = true }
    }

    func didSendRequest(task: HTTPClient.Task<ExchangeResponse>) {
        state.withLock { $0.lastSign = .now() }
    }

    func didReceiveHead(task: HTTPClient.Task<ExchangeResponse>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let announced = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        guard announced <= maximumBody else { return task.eventLoop.makeFailedFuture(BodyTooLarge()) }
        state.withLock { state in
            state.lastSign = .now()
            state.answer.status = Int(head.status.code)
            for (name, value) in head.headers { state.answer.headers.append(name, value) }
        }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<ExchangeResponse>, _ part: ByteBuffer) -> EventLoopFuture<Void> {
        let fits = state.withLock { state in
            state.lastSign = .now()
            guard part.readableBytes <= maximumBody - state.answer.body.count else { return false }
            state.answer.body += part.readableBytesView
            return true
        }
        return fits ? task.eventLoop.makeSucceededVoidFuture() : task.eventLoop.makeFailedFuture(BodyTooLarge())
    }

    func didFinishRequest(task: HTTPClient.Task<ExchangeResponse>) -> ExchangeResponse {
        state.withLock { $0.answer }
    }
}

/// The answer's body is over the limit.
struct BodyTooLarge: Error {}

import HTTPTypes
import NIOHTTPTypes
import Translation

/// Answers that come before there is a request that could be handled, marked and logged as all others.
struct OwnAnswers: Sendable {
    let busy: ExchangeResponse
    let mark: String
    let observer: any AnswerObserver

    /// What a connection that is one too many is told.
    func busy(_ method: String, to client: String) -> (head: HTTPResponse, body: [UInt8]) {
        var head = HTTPResponse(status: .init(code: busy.status), headerFields: HTTPFields(busy.headers))
        head.headerFields[.contentLength] = String(busy.body.count)
        head.headerFields[.connection] = "close"
        noted(&head, busy, "busy", method, client)
        return (head, busy.body)
    }

    func isMarked(_ head: HTTPResponse) -> Bool {
        HTTPField.Name("X-NCTSBridge").map { head.headerFields[$0] != nil } ?? true
    }

    /// What stands before the service says to what is no HTTP.
    ///
    /// - Parameter isHeaderTooLarge: whether it is no more than too long.
    func marked(_ head: HTTPResponse, isHeaderTooLarge: Bool, to client: String) -> HTTPResponse {
        var head = head
        var outcome = head.status == .badRequest ? "malformed" : "server-error"
        if isHeaderTooLarge { (head.status, outcome) = (.requestHeaderFieldsTooLarge, "too-large") }
        noted(&head, ExchangeResponse(status: head.status.code), outcome, "-", client)
        return head
    }

    private func noted(
        _ head: inout HTTPResponse, _ response: ExchangeResponse, _ outcome: String, _ method: String, _ client: String
    ) {
        let id = RequestID.make()
        head.headerFields.add("X-NCTSBridge", mark)
        head.headerFields.add("X-Request-ID", id)
        var answer = FrontAnswer(response, .unknown)
        answer.outcome = outcome
        observer.answered(answer, method: method, client: client, id: id, after: .zero)
    }
}

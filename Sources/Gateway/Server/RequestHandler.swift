package import Translation

/// What stands behind the socket: the front, or the mirror.
package protocol RequestHandler: Sendable {
    /// Answers a request, once, when the answer is there. It returns when nothing is left to do: that may be later.
    func answer(_ request: ExchangeRequest, _ reply: @escaping @Sendable (FrontAnswer) -> Void) async
    /// What every answer is marked with: `gateway/0.1.0`, `mirror/0.1.0`.
    var mark: String { get }
}

/// What is answered to requests that are not looked at.
package struct ServerRefusals: Sendable {
    /// Too much is under way: 503.
    package var busy: ExchangeResponse
    /// The body is over the limit: 413.
    package var tooLarge: ExchangeResponse
}

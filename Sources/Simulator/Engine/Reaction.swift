package import Translation

/// What the simulator does about a request.
package struct Reaction: Sendable {
    package var response: ExchangeResponse
    /// How long it waits before it sends anything: its own time.
    package var delay = Duration.zero
    /// Closes the connection in place of the answer.
    package var drops = false
    /// Closes the connection after so many bytes of the body.
    package var truncatesAt: Int?
    /// The call's number in the log.
    package var number = 0

    init(_ response: ExchangeResponse) {
        self.response = response
    }
}

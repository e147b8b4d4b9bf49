/// What a server takes before it refuses: so that it stays up (bytes, counts, durations of real time).
package struct ServerLimits: Sendable, Equatable {
    package var body = 100 * 1024
    package var headers = 16 * 1024
    /// Connections that are served; as many again are told to come later, and more are closed.
    package var connections = 2000
    /// Requests that are being answered.
    package var inFlight = 1000
    /// For a client to send a request, and to take its answer.
    package var request = Duration.seconds(10)
    /// Between two requests of a connection.
    package var idle = Duration.seconds(75)
    /// For what is under way when the server is told to end.
    package var drain = Duration.seconds(30)

    package init() {}
}

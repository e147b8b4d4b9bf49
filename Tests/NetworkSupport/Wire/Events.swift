import Synchronization

/// What happened at a server, in order, for a test to look at or to wait for.
package final class Events: Sendable {
    private let seen = Mutex<[String]>([])
    private let stream: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation

    package init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    package func add(_ event: String) {
        seen.withLock { $0.append(event) }
        continuation.yield(event)
    }

    package var all: [String] { seen.withLock { $0 } }

    /// Waits until an event has happened.
    package func wait(for event: String) async {
        for await next in stream where next == event { return }
    }
}

import NIOCore

/// How long a connection's client may take: for a request, for taking its answer, and between two of them. All of it happens
/// on the connection's event loop.
final class Patience {
    private let channel: any Channel
    private var deadline: NIODeadline?
    private var timer: RepeatedTask?

    init(with channel: any Channel) {
        self.channel = channel
    }

    /// Closes the connection unless something happens in time, or a little later.
    func expectSomething(within duration: Duration) { deadline = .now() + TimeAmount(duration) }

    /// From here on it is the service that takes its time.
    func stopWaiting() { deadline = nil }

    /// Looks at the deadline from time to time: to set a timer for each request, and to take it back, costs more than all
    /// else here.
    func watch(every pause: Duration) {
        let bound = NIOLoopBound(self, eventLoop: channel.eventLoop)
        // Never nothing: a task that is repeated without a pause leaves no time for others.
        let pause = max(TimeAmount(pause), .milliseconds(1))
        timer = channel.eventLoop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { _ in
            let patience = bound.value
            guard let deadline = patience.deadline, deadline <= .now() else { return }
            patience.channel.close(promise: nil)
        }
    }

    func end() {
        timer?.cancel()
        timer = nil
    }
}

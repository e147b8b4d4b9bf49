import AsyncHTTPClient
import GuaranteeClients
import NIOCore
import Synchronization
import Translation

/// Ends the exchanges of a client that take too long. One timer is enough for all of them: to set one for each, and to take it
/// back, would cost more than much else that is done with an exchange.
final class Vigil: Sendable {
    typealias Task = HTTPClient.Task<ExchangeResponse>

    private struct Watched {
        let task: Task
        let exchange: Exchange
        let deadline: NIODeadline
        let patience: TimeAmount

        /// When it has taken too long, unless more comes; before anything went, when to look again at the latest.
        func due(from now: NIODeadline) -> NIODeadline { min(deadline, (exchange.lastSign ?? now) + patience) }
    }

    private struct State {
        var watched: [Int: Watched] = [:]
        var last = 0
        /// When the timer goes off that counts; what was set before it does nothing.
        var alarm: NIODeadline?
    }

    private let loop: any EventLoop
    private let state = Mutex(State())

    init(on loop: any EventLoop) {
        self.loop = loop
    }

    /// - Returns: a number to end it by.
    func begin(_ task: Task, _ exchange: Exchange, _ limits: TransportLimits) -> Int {
        let now = NIODeadline.now()
        let (whole, reading) = (TimeAmount(limits.whole), TimeAmount(limits.reading))
        let earliest = now + min(whole, reading)
        let (number, isFirst) = state.withLock { state in
            state.last += 1
            state.watched[state.last] = Watched(
                task: task, exchange: exchange, deadline: now + whole, patience: reading)
            let isFirst = state.alarm.map { earliest < $0 } ?? true
            if isFirst { state.alarm = earliest }
            return (state.last, isFirst)
        }
        if isFirst { wake(at: earliest) }
        return number
    }

    func end(_ number: Int) { state.withLock { _ = $0.watched.removeValue(forKey: number) } }

    private func wake(at moment: NIODeadline) {
        loop.scheduleTask(deadline: moment) { self.look(at: moment) }
    }

    private func look(at moment: NIODeadline) {
        let now = NIODeadline.now()
        let (late, next): ([Watched], NIODeadline?) = state.withLock { state in
            guard state.alarm == moment else { return ([], nil) }
            var late: [Watched] = []
            state.alarm = nil
            for (number, watched) in state.watched {
                let due = watched.due(from: now)
                if due <= now {
                    late.append(watched)
                    state.watched[number] = nil
                } else {
                    state.alarm = state.alarm.map { min($0, due) } ?? due
                }
            }
            return (late, state.alarm)
        }
        if let next { wake(at: next) }
        for watched in late {
            watched.task.fail(
                reason: watched.deadline <= now ? HTTPClientError.deadlineExceeded : HTTPClientError.readTimeout)
        }
    }
}

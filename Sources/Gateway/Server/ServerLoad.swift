import Synchronization

/// How much a server has to do, and whether it can take more.
package final class ServerLoad: Sendable {
    private let connectionCount = Atomic(0)
    private let flightCount = Atomic(0)
    private let refusedCount = Atomic(0)
    private let drains = Atomic(false)
    let limits: ServerLimits

    package init(_ limits: ServerLimits) {
        self.limits = limits
    }

    package var connections: Int { connectionCount.load(ordering: .relaxed) }
    package var inFlight: Int { flightCount.load(ordering: .relaxed) }
    /// Requests and connections that were refused for the load.
    package var refused: Int { refusedCount.load(ordering: .relaxed) }
    /// Whether the server ends: nobody should send it anything new.
    package var isDraining: Bool { drains.load(ordering: .relaxed) }

    func drain() { drains.store(true, ordering: .relaxed) }
    func refuse() { refusedCount.add(1, ordering: .relaxed) }

    enum Admission {
        case served, refused, closed
    }

    func openConnection() -> Admission {
        let count = connectionCount.add(1, ordering: .relaxed).newValue
        return count <= limits.connections ? .served : count <= 2 * limits.connections ? .refused : .closed
    }

    func closeConnection() { connectionCount.subtract(1, ordering: .relaxed) }

    /// - Returns: whether the request may be answered; then `endRequest` must follow.
    func beginRequest() -> Bool {
        guard flightCount.add(1, ordering: .relaxed).newValue <= limits.inFlight else {
            endRequest()
            return false
        }
        return true
    }

    func endRequest() { flightCount.subtract(1, ordering: .relaxed) }
}

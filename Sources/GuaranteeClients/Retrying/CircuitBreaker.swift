/// Keeps calls from an API that fails again and again, and lets a single one through from time to time to see.
package struct CircuitBreaker: Sendable {
    package struct Limits: Sendable, Equatable {
        /// Failures in a row that open it.
        package var failures = 5
        /// How long it stays open before one call may try.
        package var pause = Duration.seconds(30)

        package init() {}
    }

    package enum State: Sendable, Equatable {
        case closed(failures: Int)
        case open(until: Duration)
        /// One call is trying.
        case probing
    }

    private let limits: Limits
    package private(set) var state = State.closed(failures: 0)

    package init(_ limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Lets a call go.
    ///
    /// - Returns: nil where it may; else when to ask again.
    package mutating func admit(at now: Duration) -> Duration? {
        switch state {
        case .closed: return nil
        case .open(let until) where now >= until:
            state = .probing
            return nil
        case .open(let until): return until
        case .probing: return now + limits.pause
        }
    }

    package mutating func succeed() { state = .closed(failures: 0) }

    package mutating func fail(at now: Duration) {
        switch state {
        case .closed(let failures) where failures + 1 < limits.failures: state = .closed(failures: failures + 1)
        case .closed, .probing: state = .open(until: now + limits.pause)
        case .open: break
        }
    }

    /// The call that was let through ended without telling anything: it was cancelled.
    package mutating func abandon(at now: Duration) {
        if state == .probing { state = .open(until: now) }
    }
}

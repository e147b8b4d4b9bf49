/// How a client asks.
package struct ClientOptions: Sendable {
    /// Who the token stands for, for pacing: any name.
    package var user = "user"
    package var limits = TransportLimits()
    package var retrying = RetryPolicy()
    /// Whether a `POST` that may have arrived is tried again once its lock is over.
    package var repeatsPosts = false
    package var breaker = CircuitBreaker.Limits()
    package var polling = PollingPolicy()

    package init() {}
}

/// How v1.0 is asked for a pending answer (contract section 3.2).
package struct PollingPolicy: Sendable, Equatable {
    /// Before the first time.
    package var firstPause = Duration.seconds(1)
    /// What each pause is multiplied by to make the next.
    package var growth = 1.5
    /// The longest pause.
    package var longestPause = Duration.seconds(30)
    /// How long an answer is waited for: v1.0 keeps it for an hour.
    package var patience = Duration.seconds(3600)

    package init() {}
}

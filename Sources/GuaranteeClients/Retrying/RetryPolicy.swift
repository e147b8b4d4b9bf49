package import Translation

/// When a call is made again (contract section 5). A `GET`, and a `POST` of which nothing was sent, can be repeated; a
/// `POST` that may have arrived has taken the lock, and is repeated only where its caller asks for it; a 4xx never is.
package struct RetryPolicy: Sendable, Equatable {
    /// How often a call is made again.
    package var retries = 5
    /// The longest pause before the first retry; it doubles with each.
    package var firstPause = Duration.seconds(4)
    /// The longest pause of all.
    package var longestPause = Duration.seconds(64)
    /// The longest time that all pauses of a call may take.
    package var budget = Duration.seconds(120)

    package init() {}

    /// No call is made again.
    package static var never: RetryPolicy {
        var policy = RetryPolicy()
        policy.retries = 0
        return policy
    }

    /// The pause before a retry, counted from 1: anything up to a limit that doubles (full jitter), so that many programs
    /// that failed together don't come back together.
    package func pause(beforeRetry retry: Int, random: (ClosedRange<Double>) -> Double) -> Duration {
        let limit = min(firstPause * (1 << min(max(retry, 1) - 1, 20)), longestPause)
        return limit * random(0...1)
    }
}

/// What to do after one attempt.
package enum RetryVerdict: Sendable, Equatable {
    /// It stands: the answer is an answer, or trying again would change nothing.
    case stands
    /// Again, after a pause.
    case again
    /// Again once the lock that the attempt may have taken is over.
    case againAfterLock

    package init(method: String, after outcome: Result<ExchangeResponse, TransportError>, repeatsPosts: Bool) {
        let repeated: RetryVerdict = method == "GET" ? .again : repeatsPosts ? .againAfterLock : .stands
        switch outcome {
        case .success(let response): self = response.isServerFailure ? repeated : .stands
        case .failure(let error):
            switch error.code {
            // Neither would end otherwise the next time.
            case .cancelled, .tls, .tooLarge: self = .stands
            case .notConnected, .proxy, .interrupted, .timedOut, .malformed:
                self = error.nothingSent ? .again : repeated
            }
        }
    }
}

extension ExchangeResponse {
    /// 5xx but 501: the service failed, and may not the next time.
    package var isServerFailure: Bool { status >= 500 && status != 501 }
}

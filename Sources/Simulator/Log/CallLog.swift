import DequeModule
import JSONMessages

/// What was asked of the simulator, without tokens, access codes and bodies.
package struct CallLog: Sendable {
    /// The newest calls; older ones are counted alone.
    package var calls: [LoggedCall] { Array(kept) }
    private var kept: Deque<LoggedCall> = []
    package private(set) var count = 0
    /// Calls that came while the lock of their user and GRN was taken.
    package private(set) var brokenLocks = 0
    /// Calls above the platform's limit.
    package private(set) var brokenLimits = 0
    /// Questions above an EORI's quota.
    package private(set) var brokenQuotas = 0
    static let capacity = 200_000

    /// Returns the call's number, counted from 1.
    mutating func add(_ call: LoggedCall) -> Int {
        count += 1
        var call = call
        call.number = count
        if call.lock == .broken { brokenLocks += 1 }
        if call.limit == .broken { brokenLimits += 1 }
        if call.quota == .broken { brokenQuotas += 1 }
        kept.append(call)
        if kept.count > Self.capacity { kept.removeFirst() }
        return count
    }

    func json(after number: Int) -> [UInt8] {
        var json = JSONStream()
        json.object { json in
            json.object("counts") { json in
                json.member("calls", count)
                json.member("brokenLocks", brokenLocks)
                json.member("brokenLimits", brokenLimits)
                json.member("brokenQuotas", brokenQuotas)
                json.member("forgotten", count - kept.count)
            }
            json.array("calls") { json in
                for call in kept where call.number > number { call.write(to: &json) }
            }
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }
}

/// One call, as the log tells it.
package struct LoggedCall: Sendable {
    package enum Rule: String, Sendable {
        /// The call took the lock.
        case taken
        /// The call came against the rule.
        case broken
    }

    package var number = 0
    /// The simulator's time of day.
    package var at = ""
    /// Seconds of the simulator's time since its start.
    package var seconds = 0.0
    /// When the answer was sent: seconds as above.
    package var answered: Double?
    package var method = ""
    package var path = ""
    /// `v1`, `v2`, `oauth`; nil where the path is nobody's.
    package var api: String?
    /// The user's name: never a token.
    package var user: String?
    package var grn: String?
    /// nil: the connection was closed without an answer.
    package var status: Int?
    package var lock: Rule?
    package var limit: Rule?
    package var quota: Rule?
    package var fault: String?

    func write(to json: inout JSONStream) {
        json.object { json in
            json.member("number", number)
            json.member("at", at)
            json.member("seconds", raw: "\(seconds)".utf8)
            if let answered { json.member("answered", raw: "\(answered)".utf8) }
            json.memberIfPresent("api", api)
            json.member("method", method)
            json.member("path", path)
            json.memberIfPresent("user", user)
            json.memberIfPresent("grn", grn)
            if let status { json.member("status", status) } else { json.null("status") }
            json.memberIfPresent("lock", lock?.rawValue)
            json.memberIfPresent("limit", limit?.rawValue)
            json.memberIfPresent("quota", quota?.rawValue)
            json.memberIfPresent("fault", fault)
        }
    }
}

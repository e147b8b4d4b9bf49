package import Comparison
package import Evidence
package import Foundation

/// What the live page shows of a gateway at one moment.
package struct LiveState: Sendable {
    package enum Mode: String, Sendable, CaseIterable {
        /// Clients that speak v1.0 are answered by v2.0.
        case gateway
        /// Clients are answered by v1.0; v2.0 is asked the same, and the answers are compared.
        case mirror
    }

    /// The toolkit's version. A page asks to be loaded anew when it hears of another one.
    package var version: String
    package var mode: Mode
    package var startedAt: Date
    package var now: Date
    /// Requests answered so far.
    package var requests = 0
    /// Requests that are being answered.
    package var inFlight = 0
    package var connections = 0
    /// How often clients were answered with which HTTP status.
    package var statuses: [(status: Int, count: Int)] = []
    /// Requests answered with 503 because of our own limits.
    package var refusedForLoad = 0
    /// Requests that a client was told to ask for later, and that are not answered yet.
    package var pending = 0
    /// Who is asked; the same ones in the same order as long as the gateway runs.
    package var sides: [Side] = []
    /// Seconds that the gateway itself adds to a request; nil while nobody knows.
    package var overhead: (median: Double, p99: Double)?
    /// What waits for the shadow; a mirror's alone.
    package var queue: Queue?
    /// The classes so far and the verdict; a mirror's alone.
    package var summary: EvidenceSummary?
    /// The last pairs that a reader may want to look at, last first. No more than `mostDifferences` are shown.
    package var differences: [Difference] = []
    /// What the operator should know, in a sentence each.
    package var notices: [String] = []

    package static let mostDifferences = 20

    package init(version: String, mode: Mode, startedAt: Date, now: Date) {
        self.version = version
        self.mode = mode
        self.startedAt = startedAt
        self.now = now
    }

    /// One of the APIs behind the gateway.
    package struct Side: Sendable {
        /// `v1.0, primary`
        package var name: String
        package var address: String
        package var calls: Int
        /// Calls that got no answer: time-outs, refused connections.
        package var failures: Int
        /// Seconds; nil while no call was answered.
        package var median: Double?
        package var p99: Double?

        package init(
            name: String, address: String, calls: Int = 0, failures: Int = 0, median: Double? = nil, p99: Double? = nil
        ) {
            self.name = name
            self.address = address
            self.calls = calls
            self.failures = failures
            self.median = median
            self.p99 = p99
        }
    }

    /// Requests that wait to be mirrored.
    package struct Queue: Sendable {
        package var depth: Int
        package var limit: Int
        /// How long the oldest has waited; nil where none waits.
        package var oldestSeconds: Double?
        /// Requests that were not mirrored because the queue was full.
        package var skipped: Int

        package init(depth: Int, limit: Int, oldestSeconds: Double? = nil, skipped: Int = 0) {
            self.depth = depth
            self.limit = limit
            self.oldestSeconds = oldestSeconds
            self.skipped = skipped
        }
    }

    /// A pair whose answers are not the same.
    package struct Difference: Sendable {
        /// The pair's number.
        package var pair: Int
        package var at: Date
        package var grn: String
        package var pairClass: PairClass
        /// What differs, in words.
        package var what: String

        package init(pair: Int, at: Date, grn: String, pairClass: PairClass, what: String) {
            self.pair = pair
            self.at = at
            self.grn = grn
            self.pairClass = pairClass
            self.what = what
        }
    }
}

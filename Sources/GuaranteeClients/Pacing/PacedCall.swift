/// A call that is to be made, as far as pacing asks (contract sections 3.4 and 5).
package struct PacedCall: Hashable, Sendable {
    package var api: GuaranteeAPI
    /// Whose token it goes with: any name that stands for the user. The lock is the user's.
    package var user: String
    /// The GRN exactly as it is sent, its case included; nil for a call that takes no lock, as v1.0's `GET`.
    package var grn: String?
    /// The tax identifier of a question to v1.0, which counts against its quota of a day; nil for any other call.
    package var eori: String?

    package init(api: GuaranteeAPI, user: String, grn: String? = nil, eori: String? = nil) {
        self.api = api
        self.user = user
        self.grn = grn
        self.eori = eori
    }
}

/// What became of a call, as far as pacing asks.
package enum CallEnd: Sendable, Hashable {
    /// It arrived, or may have arrived: lock and quota count it.
    case mayHaveArrived
    /// It surely never left, or the platform refused it before the service: no lock was taken.
    case neverArrived
}

/// Why a 429 came although calls are paced.
package enum ThrottleCause: String, Sendable, CaseIterable {
    /// A call of our own was too close: the answer says nothing about either API.
    case ourOwnPacing = "our-own-pacing"
    /// None of ours was: another program uses the same user or application.
    case others
}

/// Lets calls go when they may.
package protocol CallPacing: Sendable {
    /// Waits until the call may go, and counts it as gone.
    ///
    /// - Throws: `CancellationError`, when the task is cancelled while it waits; the call counts for nothing then.
    func admit(_ call: PacedCall) async throws -> PacingTicket
    /// Tells that an admitted call is over. Until then nothing goes that needs its lock.
    func finish(_ ticket: PacingTicket, _ end: CallEnd) async
    /// Tells that an admitted call was answered 429, and whose fault that was. To be called before `finish`.
    func cause(ofThrottled ticket: PacingTicket) async -> ThrottleCause
    /// Lets nothing go for a while: a `Retry-After`.
    func hold(for duration: Duration) async
}

/// A call that was handed to pacing.
package struct PacingTicket: Hashable, Sendable {
    package let number: Int

    package init(_ number: Int) {
        self.number = number
    }
}

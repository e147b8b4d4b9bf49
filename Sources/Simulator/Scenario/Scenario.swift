package import Translation

/// What a simulator begins with and how it behaves: HMRC's published test data where nothing else is said
/// (`docs/simulator.md`, contract sections 3 to 5). All times are seconds of the simulator's own time.
package struct Scenario: Sendable {
    /// Whose spelling is written where HMRC's service and its specification differ.
    package var spelling = SpellingSource.service
    package var time = Time()
    package var platform = Platform()
    package var v1 = V1()
    package var oauth = OAuth()
    /// How long a question keeps the same user from asking about the same GRN again.
    package var lock = Duration.seconds(60)
    /// The only tokens that are known; nil: any bearer token is taken and names the user.
    package var users: [User]?
    /// EORIs that NCTS knows beside the guarantees' holders.
    package var eoris: Set<String> = []
    package var guarantees: [SimulatedGuarantee] = []
    package var faults: [Fault] = []

    package init() {}

    package struct Time: Sendable {
        /// Seconds of the simulator's time to one real second.
        package var scale = 1.0
        /// The time of day when it starts: ISO 8601 in UTC; nil: the real one.
        package var start: String?
    }

    /// What stands before both services (contract section 5).
    package struct Platform: Sendable {
        /// Calls of one application in any second; 0: no limit.
        package var callsPerSecond = 3
        /// Whether the platform answers for missing and wrong tokens; else the services do, with an empty body.
        package var answersForTokens = true
    }

    package struct V1: Sendable {
        /// From when on v1.0 answers 410; nil: never.
        package var withdrawnFrom: Duration?
        /// Whether late answers are 202, and 504 where not.
        package var isAsynchronous = true
        /// How long NCTS has before the answer is 202.
        package var wait = Duration.seconds(15)
        /// How long the backend has before the answer is 500.
        package var timeLimit = Duration.seconds(20)
        /// How long requests are kept for `GET`.
        package var keep = Duration.seconds(3600)
        /// Questions of one EORI in 24 hours.
        package var queriesPerDay = 1000
    }

    package struct OAuth: Sendable {
        /// How long an access token lasts.
        package var accessSeconds = Duration.seconds(14400)
        /// How long a refresh token lasts: 18 months.
        package var refreshSeconds = Duration.seconds(47_304_000)
        /// The only applications that are known; nil: any, with any secret.
        package var clients: [Client]?

        package struct Client: Sendable {
            package var id: String
            package var secret: String
        }
    }

    package struct User: Sendable {
        package var token: String
        /// What the log calls the user.
        package var name: String
        package var application = "application"
        package var hasScope = true
        package var isSubscribed = true
        /// The status (401, 403) with which the services themselves refuse the user.
        package var refusedWith: Int?
    }
}

/// A guarantee that the simulator knows.
package struct SimulatedGuarantee: Sendable {
    package var grn: String
    /// The EORI that owns it; nil: v1.0 takes any.
    package var holder: String?
    package var accessCode: String
    /// 0, 1 and 9 have balances; 2 and 4 are refused (contract section 2).
    package var type: String
    package var balance: Amount
    package var currency: String
    /// Balances that take the place of the first, each from a time on, in the order of time.
    package var moves: [(at: Duration, balance: Amount)] = []
    package var plans: [MessageFormat: [AnswerPlan]] = [:]

    package init(
        grn: String, holder: String? = nil, accessCode: String, type: String, balance: Amount, currency: String
    ) {
        self.grn = grn
        self.holder = holder
        self.accessCode = accessCode
        self.type = type
        self.balance = balance
        self.currency = currency
    }

    /// What is left of it at a time.
    func balance(at time: Duration) -> Amount { moves.last { $0.at <= time }?.balance ?? balance }
}

/// What goes wrong whatever is asked for: during a time, or at the n-th calls of an API.
package struct Fault: Sendable {
    package enum Target: String, Sendable, CaseIterable {
        case v1, v2, oauth
    }

    package enum Stage: String, Sendable, CaseIterable {
        /// Before the service is asked: no lock is taken.
        case platform
        /// Behind all checks: the lock is taken.
        case backend
    }

    package var target: Target
    package var stage = Stage.backend
    /// `GET` or `POST`; nil: both.
    package var method: String?
    package var from = Duration.zero
    package var until: Duration?
    /// Which calls of the API, counted from 1; nil: all of the time.
    package var calls: Set<Int>?
    package var plan: AnswerPlan

    func applies(to target: Target, _ stage: Stage, _ method: String, call: Int, at time: Duration) -> Bool {
        self.target == target && self.stage == stage && self.method ?? method == method
            && calls?.contains(call) ?? true && time >= from && until.map { time < $0 } ?? true
    }
}

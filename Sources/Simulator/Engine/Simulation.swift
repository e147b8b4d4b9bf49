package import Foundation
package import Translation

/// Both APIs, their platform and its authorisation server as one state machine: a request and a time in, a reaction out
/// (contract sections 3, 4 and 5). It holds no clock, so that a day of calls runs in no time.
package struct Simulation: Sendable {
    package let scenario: Scenario
    let codec: ExchangeCodec
    let checks: RequestChecks
    let routes: ExchangeRoutes
    /// The time of day at time zero.
    let start: Date

    package internal(set) var log = CallLog()
    var guarantees: [String: SimulatedGuarantee]
    /// The EORIs that NCTS knows.
    let eoris: Set<String>
    var locks = LockTable()
    var platformCalls: [String: SlidingWindow] = [:]
    var queries: [String: SlidingWindow] = [:]
    var requests: [String: BalanceRequest] = [:]
    /// The requests in the order of their age, to be forgotten in time.
    var requestOrder: [String] = []
    var authorisation: AuthorisationServer
    var people: UserDirectory
    /// Calls so far, by what a fault counts them by.
    var calls: [Fault.Target: Int] = [:]
    var guaranteeCalls: [PlanKey: Int] = [:]
    var balanceIDs: IdentifierGenerator
    var balanceIDCount = 0

    struct PlanKey: Hashable {
        var grn: String
        var format: MessageFormat
    }

    /// - Parameters:
    ///   - start: the time of day at time zero.
    ///   - seed: what identifiers and tokens are made from.
    package init(_ scenario: Scenario, codec: ExchangeCodec, start: Date, seed: UInt64) {
        self.scenario = scenario
        self.codec = codec
        self.start = start
        checks = RequestChecks(codec)
        routes = ExchangeRoutes(codec.mappings)
        guarantees = Dictionary(scenario.guarantees.map { ($0.grn, $0) }, uniquingKeysWith: { first, _ in first })
        eoris = scenario.eoris.union(scenario.guarantees.compactMap(\.holder))
        authorisation = AuthorisationServer(scenario.oauth, scale: scenario.time.scale, seed: seed)
        people = UserDirectory(scenario.users)
        balanceIDs = IdentifierGenerator(seed: seed, record: 0)
    }

    /// Deals with a request that arrives at `now`.
    package mutating func react(to request: ExchangeRequest, at now: Duration) -> Reaction {
        if let answer = simulatorPage(request) { return answer }
        if let reaction = authorisationPage(request, at: now) { return reaction }
        let route = routes.match(method: request.method, path: request.path)
        var call = Call(request: request, route: route, now: now)
        call.entry = LoggedCall(at: timestamp(now), seconds: now.inSeconds, method: request.method, path: request.path)
        return logged(react(to: &call), as: call.entry, at: now)
    }

    /// A reaction with its number in the log.
    mutating func logged(_ reaction: Reaction, as entry: LoggedCall, at now: Duration) -> Reaction {
        var entry = entry
        entry.status = reaction.drops ? nil : reaction.response.status
        entry.answered = (now + reaction.delay).inSeconds
        var reaction = reaction
        reaction.number = log.add(entry)
        return reaction
    }

    /// One call while it goes through the checks.
    struct Call {
        let request: ExchangeRequest
        let route: ExchangeRoutes.Match?
        let now: Duration
        var user: UserDirectory.User?
        var entry = LoggedCall()
    }

    private mutating func react(to call: inout Call) -> Reaction {
        guard let route = call.route else {
            return answer(
                checks.frameworkError(404, "URI not found", requested: String(call.request.path.prefix { $0 != "?" })),
                .v2JSON)
        }
        call.entry.api = route.format == .v1JSON ? "v1" : "v2"
        call.user = people.user(of: call.request, authorisation: authorisation, at: call.now)
        call.entry.user = call.user?.name
        let target: Fault.Target = route.format == .v1JSON ? .v1 : .v2
        calls[target, default: 0] += 1
        guard platformAdmits(call) else {
            call.entry.limit = .broken
            return answer(codec.message(meaning: "throttled"), route.format, spelling: platformSpelling(route.format))
        }
        if let fault = fault(.platform, call) {
            call.entry.fault = fault.drops ? "drop" : fault.truncatesAt != nil ? "truncate" : "platform"
            if fault.decides || fault.drops { return planted(fault, route.format, at: call.now) }
            var reaction = answer(&call, route)
            hinder(&reaction, as: fault)
            return reaction
        }
        return answer(&call, route)
    }

    /// What the service answers.
    private mutating func answer(_ call: inout Call, _ route: ExchangeRoutes.Match) -> Reaction {
        route.kind == .stateQuery
            ? state(&call, id: route.named ?? "") : route.format == .v1JSON ? v1Query(&call) : v2Query(&call)
    }

    /// The platform writes one spelling of its limit, whatever the service writes: the one that v2.0's service has too.
    private func platformSpelling(_ format: MessageFormat) -> SpellingSource {
        format == .v1JSON ? .specification : .service
    }

    private mutating func platformAdmits(_ call: Call) -> Bool {
        let limit = scenario.platform.callsPerSecond
        guard limit > 0 else { return true }
        return platformCalls[call.user?.application ?? "", default: SlidingWindow()]
            .admit(at: call.now, limit: limit, within: .seconds(1))
    }

    /// The fault that befalls a call at a stage.
    func fault(_ stage: Fault.Stage, _ call: Call) -> AnswerPlan? {
        let target: Fault.Target = call.route?.format == .v1JSON ? .v1 : .v2
        return scenario.faults.first { fault in
            fault.applies(to: target, stage, call.request.method, call: calls[target] ?? 0, at: call.now)
        }?.plan
    }

    /// What the backend answers: what a fault says that befalls the call there, or the ordinary answer with what the fault
    /// does to it on its way.
    mutating func backendAnswer(
        _ call: inout Call, planted: (inout Simulation, AnswerPlan, inout Call) -> Reaction,
        ordinary: (inout Simulation, inout Call) -> Reaction
    ) -> Reaction {
        guard let fault = fault(.backend, call) else { return ordinary(&self, &call) }
        call.entry.fault = "backend"
        if fault.decides { return planted(&self, fault, &call) }
        var reaction = ordinary(&self, &call)
        hinder(&reaction, as: fault)
        return reaction
    }

    // MARK: - Answers

    /// The answer that says a message; what can't be said is a defect that is told as one.
    func answer(
        _ message: BalanceMessage?, _ format: MessageFormat, form: TranslationOptions.Form = .post,
        spelling: SpellingSource? = nil
    ) -> Reaction {
        guard let message,
            var response = try? codec.response(
                saying: message.worded, in: format, form: form, spelling: spelling ?? scenario.spelling)
        else {
            return Reaction(
                ExchangeResponse(
                    status: 500, headers: ["Content-Type": "text/plain"], body: Array("no such message".utf8)))
        }
        response.headers["Cache-Control"] = "no-cache,no-store,max-age=0"
        return Reaction(response)
    }

    /// What a plan says by itself, and what it does on the way.
    func planted(_ plan: AnswerPlan, _ format: MessageFormat, at now: Duration) -> Reaction {
        var reaction: Reaction
        if let verbatim = plan.verbatim {
            var headers = verbatim.headers
            if headers["Cache-Control"] == nil { headers["Cache-Control"] = "no-cache,no-store,max-age=0" }
            reaction = Reaction(
                ExchangeResponse(status: verbatim.status, headers: headers, body: Array(verbatim.body.utf8)))
        } else if !plan.errors.isEmpty {
            var refusal = BalanceMessage(kind: .refusal)
            refusal.reasons = plan.errors
            reaction = answer(refusal, format)
        } else {
            reaction = answer(codec.message(meaning: plan.condition ?? "server-error"), format)
        }
        hinder(&reaction, as: plan)
        return reaction
    }

    /// Adds what a plan does to an answer on its way to what others do.
    func hinder(_ reaction: inout Reaction, as plan: AnswerPlan) {
        reaction.delay += plan.delay
        reaction.drops = reaction.drops || plan.drops
        reaction.truncatesAt = plan.truncatesAt ?? reaction.truncatesAt
    }

    // MARK: - Time

    /// The time of day: no fraction, or three digits (contract section 3.2).
    func timestamp(_ time: Duration) -> String {
        let milliseconds = Int64((start.timeIntervalSince1970 * 1000).rounded(.down)) + time.inMilliseconds
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: milliseconds % 1000 != 0))
    }

    func epochSecond(_ time: Duration) -> Int {
        Int(start.timeIntervalSince1970.rounded(.down)) + Int(time.inMilliseconds / 1000)
    }
}

extension Duration {
    var inMilliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
    var inSeconds: Double { Double(inMilliseconds) / 1000 }
}

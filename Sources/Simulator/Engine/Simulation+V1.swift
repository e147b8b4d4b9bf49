import Foundation
import Translation

/// v1.0: `POST /customs/guarantees/balances`, and `GET` after a pending answer (contract section 3).
extension Simulation {
    /// A question that v1.0 keeps, and what is to become of it.
    struct BalanceRequest: Sendable {
        var id: String
        var query: BalanceMessage
        var requestedAt: Duration
        /// When NCTS answers; nil: never.
        var completedAt: Duration?
        /// What NCTS answers; nil: an XML rejection.
        var answer: BalanceMessage?
    }

    mutating func v1Query(_ call: inout Call) -> Reaction {
        let body: WireTree
        switch checks.body(of: call.request) {
        case .success(let tree): body = tree
        case .failure(let refused): return answer(refused.message, .v1JSON)
        }
        if let refusal = v1Refusal(call) { return refusal }
        let query: BalanceMessage
        switch checks.v1Query(in: body) {
        case .success(let message): query = message
        case .failure(let refused): return answer(refused.message, .v1JSON)
        }
        let grn = query.guarantees.first?.grn?.text ?? ""
        call.entry.grn = grn
        guard takeLock(&call, grn) else { return answer(codec.message(meaning: "throttled"), .v1JSON) }
        return backendAnswer(
            &call, planted: { $0.v1Planted($1, query, &$2) }, ordinary: { $0.v1Answer(query, &$1) })
    }

    /// Authorisation, withdrawal and Accept: what `POST` and `GET` check alike.
    private func v1Refusal(_ call: Call) -> Reaction? {
        if let refusal = authorisationRefusal(call, .v1JSON) { return refusal }
        if let from = scenario.v1.withdrawnFrom, call.now >= from {
            return answer(codec.message(meaning: "gone"), .v1JSON)
        }
        guard checks.accepts(call.request, .v1JSON) else {
            return answer(codec.message(meaning: "accept-header"), .v1JSON)
        }
        return nil
    }

    mutating func takeLock(_ call: inout Call, _ grn: String) -> Bool {
        let isFree = locks.take(user: call.user?.id ?? "", grn: grn, at: call.now, for: scenario.lock)
        call.entry.lock = isFree ? .taken : .broken
        return isFree
    }

    // MARK: - The backend

    private mutating func v1Answer(_ query: BalanceMessage, _ call: inout Call) -> Reaction {
        let plan = nextPlan(for: query.guarantees.first?.grn?.text ?? "", .v1JSON)
        return v1Planted(plan ?? AnswerPlan(), query, &call)
    }

    /// Answers as a plan says, and as NCTS does where the plan says nothing.
    private mutating func v1Planted(_ plan: AnswerPlan, _ query: BalanceMessage, _ call: inout Call) -> Reaction {
        var reaction = v1Timed(plan, query, &call)
        hinder(&reaction, as: plan)
        return reaction
    }

    private mutating func v1Timed(_ plan: AnswerPlan, _ query: BalanceMessage, _ call: inout Call) -> Reaction {
        if plan.backendHangs {
            var reaction = answer(codec.message(meaning: "server-error"), .v1JSON)
            reaction.delay = scenario.v1.timeLimit
            return reaction
        }
        if plan.verbatim != nil || plan.condition != nil {
            return waiting(planted(AnswerPlan(saying: plan), .v1JSON, at: call.now), plan)
        }
        let completedAt: Duration? = if case .seconds(let time) = plan.after { call.now + time } else { nil }
        let result = v1Result(plan, query, at: completedAt ?? call.now, &call)
        let wait = scenario.v1.wait
        if let completedAt, completedAt - call.now <= wait {
            var reaction = answer(result ?? codec.message(meaning: "server-error"), .v1JSON)
            reaction.delay = completedAt - call.now
            return reaction
        }
        guard scenario.v1.isAsynchronous else {
            var reaction = answer(codec.message(meaning: "gateway-timeout"), .v1JSON)
            reaction.delay = wait
            return reaction
        }
        let id = keep(
            BalanceRequest(id: "", query: query, requestedAt: call.now, completedAt: completedAt, answer: result))
        var pending = BalanceMessage(kind: .pending)
        pending.balanceID = id
        var reaction = answer(pending, .v1JSON)
        reaction.delay = wait
        return reaction
    }

    private func waiting(_ reaction: Reaction, _ plan: AnswerPlan) -> Reaction {
        var reaction = reaction
        if case .seconds(let time) = plan.after { reaction.delay += time }
        return reaction
    }

    /// What NCTS answers; nil: an XML rejection.
    private mutating func v1Result(
        _ plan: AnswerPlan, _ query: BalanceMessage, at time: Duration, _ call: inout Call
    ) -> BalanceMessage? {
        if plan.isRejected { return nil }
        if !plan.errors.isEmpty { return refusal(plan.errors) }
        let eori = query.tin ?? ""
        guard
            queries[eori, default: SlidingWindow()]
                .admit(at: call.now, limit: scenario.v1.queriesPerDay, within: .seconds(86_400))
        else {
            call.entry.quota = .broken
            return refusal([.queryLimit])
        }
        let errors = NCTS.errors(
            eori: eori, guarantee: query.guarantees.first ?? Guarantee(), known: guarantees,
            eoris: eoris)
        guard errors.isEmpty, let grn = query.guarantees.first?.grn, let guarantee = guarantees[grn.text] else {
            return refusal(errors)
        }
        return balance(of: guarantee, plan, at: time)
    }

    private func refusal(_ errors: [FunctionalError]) -> BalanceMessage {
        var refusal = BalanceMessage(kind: .refusal)
        refusal.reasons = errors
        return refusal
    }

    /// A guarantee's balance at a time, as servers write it: plainly (contract section 2).
    func balance(of guarantee: SimulatedGuarantee, _ plan: AnswerPlan, at time: Duration) -> BalanceMessage {
        var message = BalanceMessage(kind: .answer)
        var answered = Guarantee(grn: GRN(guarantee.grn))
        let amount = plan.balance ?? guarantee.balance(at: time)
        answered.balance = amount.plain.flatMap { Amount($0) } ?? amount
        switch plan.currency {
        case nil: answered.currency = guarantee.currency
        case .code(let code)?: answered.currency = code
        case .some(.none): break
        }
        message.guarantees = [answered]
        return message
    }

    mutating func nextPlan(for grn: String, _ format: MessageFormat) -> AnswerPlan? {
        guard let plans = guarantees[grn]?.plans[format] else { return nil }
        let key = PlanKey(grn: grn, format: format)
        guaranteeCalls[key, default: 0] += 1
        return plans.plan(forCall: guaranteeCalls[key] ?? 1)
    }

    // MARK: - Kept requests

    private mutating func keep(_ request: BalanceRequest) -> String {
        while let first = requestOrder.first, let oldest = requests[first],
            request.requestedAt - oldest.requestedAt >= scenario.v1.keep
        {
            requests[first] = nil
            requestOrder.removeFirst()
        }
        balanceIDCount += 1
        let id = balanceIDs.balanceID(epochSecond: epochSecond(request.requestedAt))
        var request = request
        request.id = id
        requests[id] = request
        requestOrder.append(id)
        return id
    }

    mutating func state(_ call: inout Call, id: String) -> Reaction {
        guard UUID(uuidString: id) != nil else {
            return answer(checks.frameworkError(400, "bad request, cause: REDACTED"), .v1JSON)
        }
        if let refusal = v1Refusal(call) { return refusal }
        return backendAnswer(
            &call, planted: { $0.planted($1, .v1JSON, at: $2.now) }, ordinary: { $0.stored($1, id) })
    }

    private func stored(_ call: Call, _ id: String) -> Reaction {
        guard let request = requests[id.lowercased()], call.now - request.requestedAt < scenario.v1.keep else {
            let words = ErrorWords(message: "The balance request with ID \(id) was not found")
            return answer(codec.message(meaning: "request-not-found", words: words), .v1JSON)
        }
        var message = BalanceMessage(kind: .pending)
        if let completedAt = request.completedAt, completedAt <= call.now {
            guard let answer = request.answer else {
                return self.answer(codec.message(meaning: "server-error"), .v1JSON)
            }
            message = answer
            message.completedAt = timestamp(completedAt)
        }
        message.balanceID = request.id
        message.tin = request.query.tin
        message.requestedAt = timestamp(request.requestedAt)
        if message.guarantees.isEmpty { message.guarantees = [Guarantee()] }
        message.guarantees[0].grn = request.query.guarantees.first?.grn
        return answer(message, .v1JSON, form: .get)
    }
}

extension AnswerPlan {
    /// What another plan says, without what it does on the way.
    fileprivate init(saying plan: AnswerPlan) {
        self.init()
        verbatim = plan.verbatim
        condition = plan.condition
    }
}

import Translation

/// v2.0: `POST /customs/guarantees/{grn}/balance` (contract section 4).
extension Simulation {
    mutating func v2Query(_ call: inout Call) -> Reaction {
        let grn = call.route?.named ?? ""
        if let refusal = checks.v2Refusal(ofGRN: grn) { return answer(refusal, .v2JSON) }
        call.entry.grn = grn
        let body: WireTree
        switch checks.body(of: call.request) {
        case .success(let tree): body = tree
        case .failure(let refused): return answer(refused.message, .v2JSON)
        }
        if let refusal = authorisationRefusal(call, .v2JSON) { return refusal }
        guard checks.accepts(call.request, .v2JSON) else {
            return answer(codec.message(meaning: "accept-header"), .v2JSON)
        }
        guard let code = checks.v2AccessCode(in: body) else { return answer(checks.v2AccessCodeMissing, .v2JSON) }
        guard takeLock(&call, grn) else { return answer(codec.message(meaning: "throttled"), .v2JSON) }
        if let refusal = checks.v2Refusal(of: code) { return answer(refusal, .v2JSON) }
        return backendAnswer(
            &call, planted: { $0.planted($1, .v2JSON, at: $2.now) }, ordinary: { $0.v2Answer(grn, code, $1.now) })
    }

    private mutating func v2Answer(_ grn: String, _ code: AccessCode, _ now: Duration) -> Reaction {
        let plan = nextPlan(for: grn, .v2JSON) ?? AnswerPlan()
        if plan.decides { return planted(plan, .v2JSON, at: now) }
        var reaction: Reaction
        if let guarantee = guarantees[grn], guarantee.accessCode == code.secret {
            let isSupported = ["0", "1", "9"].contains(guarantee.type)
            reaction = answer(
                isSupported
                    ? balance(of: guarantee, plan, at: now) : codec.message(meaning: "guarantee-type-unsupported"),
                .v2JSON)
        } else {
            reaction = answer(codec.message(meaning: "not-found"), .v2JSON)
        }
        hinder(&reaction, as: plan)
        return reaction
    }

    /// What a caller without a good token gets, from the platform or from the service itself (contract sections 3.1 and 5).
    func authorisationRefusal(_ call: Call, _ format: MessageFormat) -> Reaction? {
        guard let user = call.user else {
            let hasToken = UserDirectory.token(of: call.request) != nil
            guard scenario.platform.answersForTokens else { return emptyAnswer(401, format) }
            return answer(codec.message(meaning: hasToken ? "invalid-credentials" : "missing-credentials"), format)
        }
        if scenario.platform.answersForTokens {
            if !user.isSubscribed { return answer(codec.message(meaning: "resource-forbidden"), format) }
            if !user.hasScope { return answer(codec.message(meaning: "invalid-scope"), format) }
        }
        return user.refusedWith.map { emptyAnswer($0, format) }
    }

    private func emptyAnswer(_ status: Int, _ format: MessageFormat) -> Reaction {
        answer(codec.message(meaning: "no-content", words: ErrorWords(status: String(status))), format)
    }
}

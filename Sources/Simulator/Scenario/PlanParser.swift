import Translation

/// Reads guarantees, plans and faults of a scenario file, and checks them against what each version can say.
struct PlanParser {
    let codec: ExchangeCodec

    private static let planKeys: Set<String> = [
        "calls", "balance", "currency", "errors", "condition", "status", "headers", "body", "after", "backend",
        "rejected", "delay", "drop", "truncate",
    ]

    func guarantee(_ node: YAMLNode) throws(MappingError) -> SimulatedGuarantee {
        let members = try node.members([
            "grn", "holder", "accessCode", "type", "balance", "currency", "moves", "v1", "v2",
        ])
        guard let grn = try members.text("grn"), let balance = members["balance"] else {
            throw node.problem("a guarantee has a \"grn\" and a \"balance\"")
        }
        var guarantee = SimulatedGuarantee(
            grn: grn, holder: try members.text("holder"), accessCode: try members.text("accessCode") ?? "AC01",
            type: try members["type"]?.value { ["0", "1", "2", "4", "9"].contains($0) ? $0 : nil } ?? "1",
            balance: try amount(balance), currency: try members.text("currency") ?? "GBP")
        guarantee.moves = try members["moves"].mapItems { (node) throws(MappingError) in
            let members = try node.members(["at", "balance"])
            guard let at = members["at"], let balance = members["balance"] else {
                throw node.problem("a move has a time \"at\" and a \"balance\"")
            }
            return (at: try at.seconds(), balance: try amount(balance))
        }.sorted { $0.at < $1.at }
        for (name, format) in [("v1", MessageFormat.v1JSON), ("v2", .v2JSON)] {
            if let plans = members[name] { guarantee.plans[format] = try self.plans(plans, format) }
        }
        return guarantee
    }

    func fault(_ node: YAMLNode) throws(MappingError) -> Fault {
        let members = try node.members(Self.planKeys.union(["api", "at", "method", "from", "until"]))
        guard let api = members["api"] else { throw node.problem("a fault is of an \"api\": v1, v2 or oauth") }
        let target = try api.value { Fault.Target(rawValue: $0) }
        var fault = Fault(
            target: target, plan: try plan(members, node, target == .v1 ? .v1JSON : .v2JSON, hasCalls: false))
        fault.stage =
            try members["at"]?.value { Fault.Stage(rawValue: $0) } ?? (target == .oauth ? .platform : .backend)
        fault.method = try members["method"]?.value { $0 == "GET" || $0 == "POST" ? $0 : nil }
        fault.from = try members["from"]?.seconds() ?? .zero
        fault.until = try members["until"]?.seconds()
        if let calls = members["calls"] {
            fault.calls = Set(try Optional(calls).mapItems { (node) throws(MappingError) in try node.count() })
        }
        guard fault.plan.decides || fault.plan.drops || fault.plan.truncatesAt != nil || fault.plan.delay > .zero else {
            throw node.problem(
                "a fault does something: condition, status, drop, truncate, delay, errors, rejected, backend")
        }
        return fault
    }

    private func plans(_ node: YAMLNode, _ format: MessageFormat) throws(MappingError) -> [AnswerPlan] {
        var plans: [AnswerPlan] = []
        for item in (try? node.items()) ?? [node] {
            if plans.last.map({ $0.calls == nil }) == true {
                throw item.problem("no call gets as far as this: the plan before it has no \"calls\"")
            }
            plans.append(try plan(try item.members(Self.planKeys), item, format, hasCalls: true))
        }
        return plans
    }

    private func plan(
        _ members: [String: YAMLNode], _ node: YAMLNode, _ format: MessageFormat, hasCalls: Bool
    ) throws(MappingError) -> AnswerPlan {
        var plan = AnswerPlan()
        if hasCalls { plan.calls = try members["calls"]?.count() }
        plan.balance = try members["balance"].map { (node) throws(MappingError) in try amount(node) }
        plan.currency = try members.text("currency").map { $0 == "none" ? .none : .code($0) }
        plan.errors = try members["errors"].mapItems(error)
        plan.condition = try members["condition"].map { (node) throws(MappingError) in try condition(node, format) }
        plan.verbatim = try verbatim(members, node)
        if let after = members["after"] {
            plan.after = try after.text() == "never" ? .never : .seconds(try after.seconds())
        }
        plan.backendHangs = try members["backend"]?.value { $0 == "hangs" ? true : nil } ?? false
        plan.isRejected = try members["rejected"]?.flag() ?? false
        plan.delay = try members["delay"]?.seconds() ?? .zero
        plan.drops = try members["drop"]?.flag() ?? false
        plan.truncatesAt = try members["truncate"]?.count()
        let deciding = [
            !plan.errors.isEmpty, plan.condition != nil, plan.verbatim != nil, plan.isRejected, plan.backendHangs,
        ]
        guard deciding.count(where: \.self) < 2 else {
            throw node.problem("only one of errors, condition, status, rejected and backend can be the answer")
        }
        if let currency = plan.currency {
            var message = BalanceMessage(kind: .answer)
            var guarantee = Guarantee(grn: GRN("23GB0000010000854"))
            guarantee.balance = Amount("1")
            if case .code(let code) = currency { guarantee.currency = code }
            message.guarantees = [guarantee]
            do {
                _ = try codec.response(saying: message, in: format)
            } catch {
                throw node.problem("\(format.rawValue) can't say the currency: \(error.message)")
            }
        }
        for key in ["errors", "after", "backend", "rejected"] where format == .v2JSON && members[key] != nil {
            throw node.problem("\"\(key)\" is for v1.0 alone")
        }
        return plan
    }

    private func amount(_ node: YAMLNode) throws(MappingError) -> Amount { try node.value { Amount($0) } }

    private func error(_ node: YAMLNode) throws(MappingError) -> FunctionalError {
        let members = try node.members(["type", "pointer", "reason"])
        guard let type = members["type"], let pointer = try members.text("pointer") else {
            throw node.problem("an error has a \"type\" and a \"pointer\"")
        }
        return FunctionalError(
            type: try type.value { Int($0).map(String.init) }, pointer: pointer, text: try members.text("reason"))
    }

    private func condition(_ node: YAMLNode, _ format: MessageFormat) throws(MappingError) -> String {
        let name = try node.text()
        guard let message = codec.message(meaning: name) else {
            throw node.problem("\"\(name)\" is no condition: mappings/tables/conditions.yaml has them all")
        }
        do {
            _ = try codec.response(saying: message, in: format)
        } catch {
            throw node.problem("\"\(name)\" is nothing that \(format.rawValue) can say by itself: \(error.message)")
        }
        return name
    }

    private func verbatim(_ members: [String: YAMLNode], _ node: YAMLNode) throws(MappingError) -> AnswerPlan.Verbatim?
    {
        guard let status = members["status"] else {
            if let other = members["body"] ?? members["headers"] {
                throw other.problem("an answer as it stands has a \"status\" too")
            }
            return nil
        }
        let body = try members.text("body") ?? ""
        var headers: HeaderFields = body.isEmpty ? [:] : ["Content-Type": "application/json"]
        for (name, value) in try members["headers"]?.entries() ?? [] { headers[name] = try value.text() }
        return AnswerPlan.Verbatim(
            status: try status.value { Int($0).flatMap { (200...599).contains($0) ? $0 : nil } }, headers: headers,
            body: body)
    }
}

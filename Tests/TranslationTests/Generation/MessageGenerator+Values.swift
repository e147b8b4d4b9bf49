import GuaranteeModel
import TestSupport

@testable import Translation

extension MessageGenerator {
    mutating func text(of planNode: Int, _ type: ValueType) -> String {
        guard type.kind != .null else { return "null" }
        let rule = plan.nodes[planNode].rule
        if rule.otherwise != nil, shape.isConvertible || random.chance(50),
            case .constant(let text)? = rule.sources.first
        {
            return text
        }
        guard let binding = rule.binding else { return freeText(of: type, named: plan.nodes[planNode].name) }
        switch binding {
        case .move(let field), .alias(let field): return text(of: field, type)
        case .amount: return amount(type)
        case .integer(.errorStatus, _):
            let choices = type.values.isEmpty ? ["400", "403", "404", "413", "415"] : type.values
            return repeating(.errorStatus, changing: 5) { $0.pick(choices) }
        case .integer(_, let digits): return integer("\(facts.reasons.last?.type ?? 12)", digits: digits)
        case .date, .time: return generated(type)
        case .timestamp: return sample { $0.timestamp() }
        case .template(let prefix, let suffix, let field): return prefix + text(of: field, type) + suffix
        case .spelling(let field):
            switch field {
            case .errorStatus: return words?.status ?? "500"
            case .errorCode: return words?.code ?? ""
            default: return words?.message ?? ""
            }
        }
    }

    private mutating func text(of field: HubField, _ type: ValueType) -> String {
        switch field {
        case .grn:
            let known = facts.guarantees.last?[.grn]
            if let known, random.chance(95) { return known }
            let isForeign = !shape.isConvertible && random.chance(40)
            return sample { isForeign ? $0.foreignGRN() : $0.grn() }
        case .accessCode: return sample { $0.accessCode() }
        case .tin: return repeating(.tin, changing: 10) { random in Self.sample(&random) { $0.tin() } }
        case .balanceID: return repeating(.balanceID, changing: 5) { random in Self.sample(&random) { $0.uuid() } }
        case .guaranteeType:
            return random.pick(shape.isConvertible ? ["0", "1", "9"] : ["0", "1", "2", "4", "9", "é"])
        case .currency:
            guard shape.isConvertible || random.chance(60) else { return generated(type) }
            if let known = facts.guarantees.last?[.currency], random.chance(70) { return known }
            return sample { $0.currency() }
        case .reasonPointer: return facts.reasons.last?.pointer ?? "RC1.TIN"
        case .reasonText: return facts.reasons.last?.text ?? "R261"
        case .valueErrorCode:
            return random.pick(["INVALID_TAX_IDENTIFIER", "INVALID_GUARANTEE_REFERENCE", "INVALID_ACCESS_CODE"])
        default: return generated(type)
        }
    }

    /// Remembers what decides whether the message has a counterpart.
    mutating func note(_ text: String, of planNode: Int) {
        let node = plan.nodes[planNode]
        if node.rule.otherwise != nil { facts.queryIdentifiers.append(text) }
        guard let field = node.rule.binding?.field else { return }
        switch field {
        case .valueErrorCode: facts.valueErrorCodes.append(text)
        case .reasonText: facts.reasons[facts.reasons.count - 1].saysText = true
        default:
            guard field.list == .guarantees, var guarantee = facts.guarantees.popLast() else { return }
            var value = text
            if case .template(let prefix, let suffix, _)? = node.rule.binding {
                value = String(text.dropFirst(prefix.count).dropLast(suffix.count))
            }
            // Where two leaves say one thing, the first counts.
            guarantee[field] = guarantee[field] ?? value
            facts.guarantees.append(guarantee)
        }
    }

    // MARK: - Values

    private mutating func amount(_ type: ValueType) -> String {
        guard plan.format != .v1XML else { return generated(type) }
        guard shape.isConvertible || random.chance(60) else {
            facts.holdsHugeAmount = true
            return sample { $0.hugeAmount() }
        }
        return sample { $0.amount() }
    }

    private mutating func integer(_ text: String, digits: Int) -> String {
        if digits > 1 { return String(repeating: "0", count: max(0, digits - text.count)) + text }
        return random.chance(90) ? text : random.pick(["\(text).0", "\(text)e0", "\(text).00E+0"])
    }

    /// Draws the next reason's type, pointer and text.
    mutating func drawReason() {
        var reason = random.pick(DrawnReason.known)
        if random.chance(20) {
            reason = DrawnReason(type: random.below(100), pointer: wildText(210), text: wildText(6))
        }
        if !shape.isConvertible, random.chance(30) { reason.type = random.pick([-1, 100, 12345]) }
        if plan.format == .v1XML { reason.type = abs(reason.type) % 100 }
        if reason.text.isEmpty {
            reason.text = random.chance(50) ? "R261" : wildText(plan.format == .v1XML || shape.isConvertible ? 6 : 9)
        }
        facts.reasons.append(reason)
    }

    private mutating func wildText(_ maximum: Int) -> String {
        var texts = TextGenerator(random: random)
        defer { random = texts.random }
        return texts.anyText(1...maximum)
    }

    private mutating func generated(_ type: ValueType) -> String {
        var texts = TextGenerator(random: random)
        defer { random = texts.random }
        return texts.text(of: type)
    }

    private mutating func freeText(of type: ValueType, named name: String) -> String {
        switch name {
        case "Content-Type" where random.chance(70): "application/json"
        case "Accept" where random.chance(70): "application/vnd.hmrc.1.0+json"
        default: generated(type)
        }
    }

    private mutating func sample(_ make: (inout SampleValues) -> String) -> String { Self.sample(&random, make) }

    private static func sample(_ random: inout SeededRandom, _ make: (inout SampleValues) -> String) -> String {
        var values = SampleValues(random: random)
        defer { random = values.random }
        return make(&values)
    }

    /// A value that a message says more than once: the same each time, but for one time in a while.
    private mutating func repeating(
        _ field: HubField, changing percent: Int = 0, _ make: (inout SeededRandom) -> String
    ) -> String {
        if let known = repeated[field], !random.chance(percent) { return known }
        let text = make(&random)
        repeated[field] = text
        return text
    }
}

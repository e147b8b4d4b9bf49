import GuaranteeModel
import TestSupport
import Testing

@testable import Translation

/// A kind of message in a format that has it, with or without the exchange around it.
struct Expression: CustomTestStringConvertible, Sendable {
    var kind: BalanceMessage.Kind
    var format: MessageFormat
    var form: TranslationOptions.Form

    var testDescription: String { "\(kind.rawValue) as \(format.rawValue), \(form.rawValue)" }

    static let all: [Expression] = BalanceMessage.Kind.allCases.flatMap { kind in
        MessageFormat.allCases.flatMap { format in
            TranslationOptions.Form.allCases.compactMap { form in
                if kind == .pending || kind == .stateQuery, format != .v1JSON { return nil }
                if kind == .serviceError, format == .v1XML { return nil }
                if form == .get, format != .v1JSON { return nil }
                return Expression(kind: kind, format: format, form: form)
            }
        }
    }
}

@Suite("What the hub holds and a format can say is read again as it was")
struct LawTwoTests {
    @Test("A hub message is written and read again", arguments: Expression.all)
    func readsWhatItWrites(_ expression: Expression) throws {
        var random = SeededRandom.forTest("hub: \(expression.testDescription)")
        var options = TranslationOptions(target: expression.format)
        options.form = expression.form
        options.source = expression.format
        let translator = Translator(mappings: Fixtures.mappings, masker: Masker(Fixtures.mappings), options: options)
        for number in 0..<2_000 {
            var hubs = HubGenerator(expression: expression, random: random)
            let hub = hubs.message()
            random = hubs.random
            var supply = Supply(context: Fixtures.context, record: number)
            supply.recordGRN = nil
            let document = try write(hub, translator, supply)
            let again = try translator.read(Payload(document)).hub
            let wanted = hubs.sayable(hub)
            let known = hubs.sayable(again)
            guard wanted == known else {
                Issue.record(
                    "\(hub)\n  was written as \(String(decoding: document, as: UTF8.self))\n  and read as \(again)")
                return
            }
        }
    }

    private func write(_ hub: BalanceMessage, _ translator: Translator, _ supply: Supply) throws -> [UInt8] {
        var tree = WireTree(syntax: .json)
        tree.begin(.group, name: "")
        tree.end()
        let other: MessageFormat = translator.options.target == .v1JSON ? .v2JSON : .v1JSON
        let plan = try #require(Fixtures.mappings.plans.first { $0.format == other })
        let reading = Reading(tree: tree, plan: plan, messageNodes: [0], roots: [MessagePlan.root], hub: hub)
        return try translator.write(reading, supply: supply, remainder: nil).document.serialised()
    }
}

/// Makes hub messages of one kind that one format can hold.
struct HubGenerator {
    let expression: Expression
    private var values: SampleValues
    var random: SeededRandom { values.random }

    init(expression: Expression, random: SeededRandom) {
        self.expression = expression
        values = SampleValues(random: random)
    }

    private var format: MessageFormat { expression.format }

    mutating func message() -> BalanceMessage {
        var hub = BalanceMessage(kind: expression.kind)
        hub.tin = values.tin()
        hub.balanceID = values.uuid()
        hub.requestedAt = time()
        hub.completedAt = time()
        let count = expression.kind == .query || expression.kind == .answer ? values.random.int(in: 1...3) : 1
        for _ in 0..<count { hub.guarantees.append(guarantee()) }
        if expression.kind == .refusal || expression.kind == .serviceError { refuse(&hub) }
        return hub
    }

    private mutating func time() -> String {
        let time = values.timestamp()
        return format == .v1XML ? String(time.prefix(16)) + "Z" : time
    }

    private mutating func guarantee() -> Guarantee {
        var guarantee = Guarantee(grn: GRN(values.grn()))
        if expression.kind == .query { guarantee.accessCode = AccessCode(values.accessCode()) }
        if expression.kind == .answer {
            guarantee.type = values.random.pick(["0", "1", "9"])
            guarantee.balance = Amount(values.amount())
            guarantee.currency = values.currency()
        }
        return guarantee
    }

    private mutating func refuse(_ hub: inout BalanceMessage) {
        let rows = Fixtures.mappings.conditions.rows.filter { row in
            guard row.kind == expression.kind, let said = row.expressions[format], said.none == nil else {
                return false
            }
            return !said.spellings.isEmpty && said.spellings.contains { !$0.isWriteOnly } && format == .v2JSON
                || format != .v2JSON && said.message == nil && (row.kind != .refusal || row.lists[.reasons] != nil)
                    && (row.kind == .refusal || !said.spellings.isEmpty)
        }
        let row = values.random.pick(rows)
        hub.condition = row.condition
        guard format != .v2JSON, row.kind == .refusal else { return }
        let items = row.lists[.reasons].map { $0.write } ?? []
        hub.reasons = items.map { item in
            FunctionalError(type: item[.reasonType], pointer: item[.reasonPointer], text: item[.reasonText])
        }
        if hub.reasons.isEmpty { hub.reasons = [FunctionalError(type: "26", pointer: "RC1.TIN")] }
        // Conditions that NCTS says in the same words are one to it.
        hub.condition = Fixtures.mappings.conditions.row(matching: hub)?.condition
    }

    /// The part of a hub message that the format has words for.
    func sayable(_ hub: BalanceMessage) -> BalanceMessage {
        var said = BalanceMessage(kind: hub.kind)
        said.condition = hub.condition
        said.reasons = format == .v2JSON ? [] : hub.reasons
        let hasRequest = expression.form == .get && ![.query, .stateQuery, .serviceError].contains(hub.kind)
        if hub.kind == .query, format != .v2JSON { said.tin = hub.tin }
        if hub.kind == .answer, format == .v1XML { said.tin = nil }
        if hub.kind == .pending || hub.kind == .stateQuery || hasRequest { said.balanceID = hub.balanceID }
        if hasRequest {
            said.tin = hub.tin
            said.requestedAt = hub.requestedAt
            if hub.kind != .pending { said.completedAt = hub.completedAt }
        }
        if format == .v1XML {
            if hub.kind == .query { said.requestedAt = hub.requestedAt } else { said.completedAt = hub.completedAt }
        }
        guard hub.kind == .query || hub.kind == .answer || hasRequest else { return said }
        said.guarantees = hub.guarantees.map { guarantee in
            var part = Guarantee(grn: guarantee.grn)
            if hub.kind == .answer, format == .v1JSON, !hasRequest { part.grn = nil }
            part.accessCode = guarantee.accessCode
            if format == .v1XML { part.type = guarantee.type }
            part.balance = guarantee.balance
            part.currency = guarantee.currency
            return part
        }
        return said
    }
}

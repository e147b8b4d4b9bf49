import GuaranteeModel

/// What a message can't tell and its owner can: the context file (design section 3, `docs/context.md`).
///
/// Any value may be one for all, or a mapping from GRN to value with a `default`. Times come from `clock`, identifiers from
/// `ids`; without them, a message that needs them is rejected, since nothing is invented silently.
package struct TranslationContext: Sendable {
    package enum Clock: Sendable, Equatable {
        /// This point in time, always: repeatable output.
        case fixed(String)
        /// The time of the run.
        case now
    }

    package enum Identifiers: Sendable, Equatable {
        /// Repeatable output.
        case seeded(UInt64)
        case random
    }

    private struct Value: Sendable {
        var common: String?
        var byGRN: [String: String] = [:]
    }

    /// A mark of contexts that are copies of one that was settled: they tell the same.
    final class Settlement: Sendable {
        /// The clock's second since 1970: every identifier that is made begins with it.
        let second: Int?

        init(second: Int?) { self.second = second }
    }

    /// nil where anything was set since it was settled.
    private(set) var settlement: Settlement?
    private var values: [String: Value] = [:] {
        didSet { settlement = nil }
    }
    package var clock: Clock? {
        didSet { settlement = nil }
    }
    package var identifiers: Identifiers? {
        didSet { settlement = nil }
    }

    package init() {}

    /// Whether it tells nothing at all.
    var isEmpty: Bool { values.isEmpty && clock == nil && identifiers == nil }

    /// Reads a context file.
    ///
    /// - Parameter mappings: whose rules name the values that a file may hold.
    package init(parsing bytes: [UInt8], file: String, mappings: MappingSet) throws(MappingError) {
        let known = HubField.allCases.compactMap(\.contextName) + mappings.contextNames
        let members = try YAMLNode(parsing: bytes, file: file).members(Set(known + ["clock", "ids"]))
        for (key, node) in members where key != "clock" && key != "ids" {
            values[key] = try Self.value(node)
        }
        clock = try members["clock"]?.value { text in
            text == "now" ? .now : PointInTime.isTimestamp(text) ? .fixed(text) : nil
        }
        if let ids = members["ids"] {
            if ids.isScalar {
                identifiers = try ids.value { $0 == "random" ? .random : nil }
            } else if let seed = try ids.members(["seed"])["seed"] {
                identifiers = .seeded(try seed.value { UInt64($0) })
            }
        }
    }

    private static func value(_ node: YAMLNode) throws(MappingError) -> Value {
        guard !node.isScalar else { return Value(common: try node.text()) }
        var value = Value()
        for (grn, text) in try node.entries() {
            if grn == "default" { value.common = try text.text() } else { value.byGRN[grn] = try text.text() }
        }
        return value
    }

    func value(_ name: String, grn: String?) -> String? {
        guard let value = values[name] else { return nil }
        return grn.flatMap { value.byGRN[$0] } ?? value.common
    }

    /// Whether some guarantees are told another value than the rest.
    func dependsOnGRN(_ name: String) -> Bool { values[name].map { !$0.byGRN.isEmpty } ?? false }

    /// Sets a value for all guarantees.
    mutating func set(_ name: String, _ value: String) { values[name] = Value(common: value) }

    /// What is told for one guarantee alone, or, with none named, for all that have no value of their own.
    package subscript(name: String, grn: String?) -> String? {
        get {
            guard let grn else { return values[name]?.common }
            return values[name]?.byGRN[grn]
        }
        set {
            guard let grn else { return values[name, default: Value()].common = newValue }
            values[name, default: Value()].byGRN[grn] = newValue
        }
    }

    /// The same with clock and identifiers settled, so that a whole run uses one of each.
    package func settled(now: String, randomSeed: UInt64) -> TranslationContext {
        var context = self
        if clock == .now { context.clock = .fixed(now) }
        if identifiers == .random { context.identifiers = .seeded(randomSeed) }
        var second: Int?
        if case .fixed(let moment)? = context.clock { second = PointInTime.epochSecond(of: moment) }
        context.settlement = Settlement(second: second)
        return context
    }
}

extension MappingSet {
    /// The names of values that rules take from the context.
    var contextNames: [String] {
        plans.flatMap { plan in
            plan.nodes.flatMap(\.rule.sources).compactMap { if case .context(let name) = $0 { name } else { nil } }
        }
    }
}

/// What became of one leaf, where, and by which rule.
public struct LeafFinding<Outcome: Sendable>: Sendable {
    /// The leaf by its place in the schema, without positions: what losses are counted by.
    public var field: String
    /// The mapping rule: its operator and what it names.
    public var rule: String
    /// The leaf's own path: an XPath, or a JSON Pointer.
    public var path: String
    /// Where it stood in the input; none for leaves that were written.
    public var place: Place
    public var outcome: Outcome
    /// The path of the other leaf: where a read leaf went, where a written leaf came from.
    public var counterpart: String?

    package init(
        field: String, rule: String, path: String, place: Place, outcome: Outcome, counterpart: String? = nil
    ) {
        self.field = field
        self.rule = rule
        self.path = path
        self.place = place
        self.outcome = outcome
        self.counterpart = counterpart
    }
}

/// Something about a record that its user should know, beyond what became of its leaves.
public struct Remark: Equatable, Sendable {
    public enum Severity: String, Sendable {
        /// The record is not converted.
        case error
        /// It was forgiven, or is worth a look.
        case warning
    }

    /// Of what was converted there are warnings alone.
    public var severity: Severity
    /// A short name for programs: `check-digit`, `unknown-element` …
    public var code: String
    public var path: String
    public var place: Place
    public var message: String

    package init(_ severity: Severity, code: String, path: String, place: Place, message: String) {
        self.severity = severity
        self.code = code
        self.path = path
        self.place = place
        self.message = message
    }
}

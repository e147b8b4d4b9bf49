/// What became of one leaf, where, and by which rule.
package struct LeafFinding<Outcome: Sendable>: Sendable {
    /// The leaf by its place in the schema, without positions: what losses are counted by.
    package var field: String
    /// The mapping rule: its operator and what it names.
    package var rule: String
    /// The leaf's own path: an XPath, or a JSON Pointer.
    package var path: String
    /// Where it stood in the input; none for leaves that were written.
    package var place: Place
    package var outcome: Outcome
    /// The path of the other leaf: where a read leaf went, where a written leaf came from.
    package var counterpart: String?

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
package struct Remark: Equatable, Sendable {
    package enum Severity: String, Sendable { case error, warning }
    package var severity: Severity
    /// A short name for programs: `check-digit`, `unknown-element` …
    package var code: String
    package var path: String
    package var place: Place
    package var message: String

    package init(_ severity: Severity, code: String, path: String, place: Place, message: String) {
        self.severity = severity
        self.code = code
        self.path = path
        self.place = place
        self.message = message
    }
}

/// What became of one record: the bytes for each of the run's outputs.
package struct RecordResult: Sendable {
    package enum Verdict: Sendable {
        case converted
        case noCounterpart
        case rejected
    }

    package var verdict: Verdict
    /// What is written to the record's place in the output, with a line end; nil where it was not converted.
    package var output: [UInt8]?
    /// The remainder's line.
    package var remainder: [UInt8]?
    /// The findings' line.
    package var findings: [UInt8]?
    /// The rejects' line.
    package var reject: [UInt8]?

    init(_ verdict: Verdict) {
        self.verdict = verdict
    }
}

/// What is written of one record.
package enum OutputForm: Sendable {
    /// A line with `id`, `source` and `message`.
    case record
    /// The message as a line.
    case line
    /// The message as a file of its own, set out for people.
    case document
}

/// What a run's other inputs know of one record.
package struct RecordSurroundings: Sendable {
    /// The next line of the remainder that is read, where one is.
    package var remainderLine: [UInt8]?
    /// Whether a remainder is read: a record without one is then refused.
    package var needsRemainder = false
    /// Whether the line comes from a file that was written for the record's file alone.
    package var hasRemainderOfItsOwn = false

    package init() {}
}

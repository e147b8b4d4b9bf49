/// A piece of a larger input with a message to a line, cut at a line's end: what a worker of a cluster is handed. Its records
/// are told of as those of the whole are.
package struct InputPart: Sendable, Equatable {
    /// What the lines are.
    package enum Lines: String, Sendable, CaseIterable {
        case ndjson
        /// Messages themselves.
        case text
    }

    package var lines: Lines
    /// The number of the first line in the whole, from 1.
    package var firstLine: Int
    /// How many records stand before it in the whole: identifiers that are generated depend on a record's number.
    package var firstRecord: Int

    package init(lines: Lines, firstLine: Int = 1, firstRecord: Int = 0) {
        self.lines = lines
        self.firstLine = firstLine
        self.firstRecord = firstRecord
    }

    var container: InputRecord.Container { lines == .ndjson ? .ndjson : .lines }
}

/// A page of text: what the plain and the Markdown form of a report are written to.
protocol Page {
    mutating func title(_ text: String)
    /// The verdict, with its reason.
    mutating func verdict(_ words: VerdictWords)
    mutating func heading(_ text: String)
    mutating func paragraph(_ text: String)
    /// An item of a list.
    mutating func item(_ text: String)
    mutating func facts(_ facts: [(name: String, value: String)])
    mutating func table(_ table: ReportTable)
    /// Pairs of one class: `begin`, any number of `pair`, `end`.
    mutating func beginPairs()
    mutating func pair(_ pair: PairWords)
    mutating func endPairs()
    /// What was written since the last time.
    mutating func taken() -> String
}

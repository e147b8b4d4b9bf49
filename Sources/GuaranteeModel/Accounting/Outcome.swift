/// What became of a leaf that was read. Each leaf has exactly one outcome (design section 2).
public enum ReadOutcome: String, Sendable, CaseIterable {
    /// It arrives with its value and spelling.
    case carried
    /// It arrives spelled differently.
    case normalised
    /// It was told apart from something before, and is not now.
    case merged
    /// The target has no place for it; it goes to the remainder.
    case lost
    /// It belongs to a record that was not converted.
    case rejected
}

/// Where a leaf that was written came from. Each leaf has exactly one outcome (design section 2).
public enum WrittenOutcome: String, Sendable, CaseIterable {
    /// From the message, with its value and spelling.
    case carried
    /// From the message, spelled differently.
    case normalised
    /// From a meaning that several messages share.
    case merged
    /// From the remainder.
    case restored
    /// From the context, another field of the record, or the query that the answer belongs to.
    case supplied
    /// From the mapping file: a constant or a default.
    case defaulted
    /// From a generator.
    case synthesised
    /// One of several that would mean the same: which one was meant can't be known.
    case ambiguous
}

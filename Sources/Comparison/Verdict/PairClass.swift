/// What became of a pair of answers (design section 6).
package enum PairClass: String, Sendable, CaseIterable {
    /// Equal meaning, equal form.
    case same
    /// Equal meaning, written differently.
    case equivalent
    /// Different, and a rule of the mappings says why that is right.
    case explained
    /// Amounts differ, and the first side's second answer shows that the balance moved.
    case drifted
    /// Different, and nothing explains it.
    case different
    /// Too far apart in time to judge amounts; kind and currency agree.
    case stale
    /// A side gave no answer about the guarantee.
    case inconclusive

    /// Whether the pair says something about the two APIs: what a verdict counts.
    package var isJudged: Bool { self != .stale && self != .inconclusive }
}

/// Which of the two APIs an answer is of (contract section 1).
package enum EvidenceSide: String, Sendable, CaseIterable, CustomStringConvertible {
    case v1
    case v2

    package var description: String { self == .v1 ? "v1.0" : "v2.0" }
}

/// Which look at a side an answer was: v1.0 is asked again where amounts differ (design section 6).
package enum Look: Int, Sendable, CaseIterable {
    case first = 1
    case second = 2
}

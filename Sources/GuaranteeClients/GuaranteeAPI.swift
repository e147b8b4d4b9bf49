package import Translation

/// The two versions of the API (contract section 1).
package enum GuaranteeAPI: String, Sendable, CaseIterable, Hashable, CustomStringConvertible {
    case v1
    case v2

    /// The format of its messages.
    package var format: MessageFormat { self == .v1 ? .v1JSON : .v2JSON }

    package var description: String { self == .v1 ? "v1.0" : "v2.0" }
}

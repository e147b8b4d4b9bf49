package import Evidence

/// Why a run ended before all pairs were judged.
package enum StopReason: Sendable, Equatable {
    /// Its user ended it.
    case interrupted
    /// A side can't be reached, or there is no token for it: that says nothing about any pair.
    case unreachable(EvidenceSide, String)
    /// The evidence can't be kept.
    case evidence(EvidenceError)
    /// v1.0's answers come from a gateway of this toolkit, which asks v2.0: that would compare v2.0 with itself.
    case ownGateway

    package var description: String {
        switch self {
        case .interrupted: "it was interrupted"
        case .unreachable(let side, let message):
            "\(side) can't be asked: \(message.hasSuffix(".") ? String(message.dropLast()) : message)"
        case .evidence(let error): error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message
        case .ownGateway:
            "v1.0's answers come from a gateway of this toolkit, which asks v2.0 itself: that compares nothing"
        }
    }
}

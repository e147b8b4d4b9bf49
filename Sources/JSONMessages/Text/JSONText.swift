/// Questions about pieces of JSON text, and their spelling.
package enum JSONText {
    /// Whether the bytes are exactly one JSON number: what stands in a JSON text as a number's lexeme.
    package static func isNumber(_ bytes: Span<UInt8>) -> Bool {
        var state = JSONNumberState.start
        for index in bytes.indices {
            guard let next = state.next(bytes[index]) else { return false }
            state = next
        }
        return state.isComplete
    }
}

/// How far a number's lexeme has come, by the grammar of RFC 8259 section 6.
enum JSONNumberState {
    case start, minus, zero, integer, point, fraction, exponent, exponentSign, exponentDigits

    /// Whether a number may end here.
    var isComplete: Bool {
        switch self {
        case .zero, .integer, .fraction, .exponentDigits: true
        case .start, .minus, .point, .exponent, .exponentSign: false
        }
    }

    /// The state behind one more byte; nil where the byte cannot follow.
    func next(_ byte: UInt8) -> Self? {
        switch byte {
        case UInt8(ascii: "0") where self == .start || self == .minus: .zero
        case UInt8(ascii: "0")...UInt8(ascii: "9"): afterDigit
        case UInt8(ascii: "."): self == .zero || self == .integer ? .point : nil
        case UInt8(ascii: "e"), UInt8(ascii: "E"): isComplete && self != .exponentDigits ? .exponent : nil
        case UInt8(ascii: "-") where self == .start: .minus
        case UInt8(ascii: "+"), UInt8(ascii: "-"): self == .exponent ? .exponentSign : nil
        default: nil
        }
    }

    private var afterDigit: Self? {
        switch self {
        case .start, .minus, .integer: .integer
        case .point, .fraction: .fraction
        case .exponent, .exponentSign, .exponentDigits: .exponentDigits
        case .zero: nil
        }
    }
}

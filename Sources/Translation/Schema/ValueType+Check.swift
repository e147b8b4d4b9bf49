package import GuaranteeModel
import JSONMessages

/// What a leaf's value breaks: a facet of its type.
package struct FacetViolation: Equatable, Sendable {
    /// `empty`, `type`, `length`, `pattern` or `value`.
    package var code: String
    /// What would have been right. The value itself is never repeated: it may be secret.
    package var message: String
}

extension ValueType {
    /// Checks a value; white space must be collapsed already where the syntax asks for that.
    package func violation(in text: ArraySlice<UInt8>, kind found: WireTree.Kind, syntax: WireTree.Syntax)
        -> FacetViolation?
    {
        if syntax == .json, let violation = kindViolation(text, found) { return violation }
        if syntax == .xml, text.isEmpty {
            return FacetViolation(code: "empty", message: "must not be empty (\(name))")
        }
        if length != nil || minimumLength != nil || maximumLength != nil {
            let count = text.reduce(into: 0) { if $1 & 0xC0 != 0x80 { $0 += 1 } }
            if let length, count != length {
                return FacetViolation(
                    code: "length", message: "must have \(length) characters, has \(count) (\(name))")
            }
            if let maximumLength, count > maximumLength {
                return FacetViolation(
                    code: "length", message: "must have at most \(maximumLength) characters, has \(count) (\(name))")
            }
            if let minimumLength, count < minimumLength {
                return FacetViolation(
                    code: "length", message: "must have at least \(minimumLength) characters, has \(count) (\(name))")
            }
        }
        if let pattern, !pattern.matches(text) {
            return FacetViolation(code: "pattern", message: "must have the form \(pattern.source) (\(name))")
        }
        if !values.isEmpty, !values.contains(where: { text.elementsEqual($0.utf8) }) {
            return FacetViolation(
                code: "value", message: "must be \(values.map { "\"\($0)\"" }.joined(separator: " or "))")
        }
        return nil
    }

    private func kindViolation(_ text: ArraySlice<UInt8>, _ found: WireTree.Kind) -> FacetViolation? {
        let fits =
            switch kind {
            case .string: found == .string
            case .number: found == .number
            case .integer: found == .number && Amount(String(decoding: text, as: UTF8.self))?.isIntegral == true
            case .boolean: found == .boolean
            case .null: found == .null
            }
        guard !fits else { return nil }
        return FacetViolation(code: "type", message: "must be of type \(kind.rawValue), is \(found.word)")
    }
}

extension WireTree.Kind {
    /// The kind in JSON's own words.
    var word: String {
        switch self {
        case .group: "object"
        case .array: "array"
        case .string: "string"
        case .number: "number"
        case .boolean: "boolean"
        case .null: "null"
        }
    }
}

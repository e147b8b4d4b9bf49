public import GuaranteeModel

/// Why a record was not converted: a code, a place, and what to do about it.
public struct TranslationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The reject codes; `docs/codes.md` explains each.
    public enum Code: String, Sendable, CaseIterable {
        case malformedXML = "malformed-xml"
        case malformedJSON = "malformed-json"
        case malformedCSV = "malformed-csv"
        case encoding
        case unreadable
        case doctype
        case tooLarge = "too-large"
        case unknownMessage = "unknown-message"
        case ambiguousFormat = "ambiguous-format"
        case missingContext = "missing-context"
        case schema
        case law
        case noCounterpart = "no-counterpart"
    }

    public var code: Code
    /// Where: line and column, for JSON with the byte offset too.
    public var place: Place
    /// The node that it is about: an XPath, or a JSON Pointer; empty for the document itself.
    public var path: String
    /// What was wrong and what to do; it never quotes a value.
    public var message: String

    package init(_ code: Code, at place: Place = .none, path: String = "", _ message: String) {
        self.code = code
        self.place = place
        self.path = path
        self.message = message
    }

    public var description: String {
        let position = place.line > 0 ? "line \(place.line), column \(place.column): " : ""
        return "\(code.rawValue): \(position)\(path.isEmpty ? "" : "\(path) ")\(message)"
    }
}

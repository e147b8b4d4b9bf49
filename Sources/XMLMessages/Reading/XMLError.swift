package import GuaranteeModel

/// Why bytes are not an XML message that we read. It never quotes what an element holds: that may be an access code.
package struct XMLError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Code: Sendable {
        /// Not well-formed XML 1.0: broken tags, unknown entities, forbidden characters, something behind the root.
        case malformed
        /// The bytes are not in the encoding that they claim, or we don't read that encoding.
        case encoding
        /// A document type declaration, which no message of ours needs and an attacker does.
        case doctype
        /// More elements inside one another than the reader's limit.
        case tooDeep
        /// More nodes, names or bytes than the reader's limits.
        case tooLarge
    }

    package var code: Code
    /// Line and column from 1. Columns count bytes in UTF-8 and characters in every other encoding.
    package var place: Place
    /// What was wrong, as a sentence without a full stop.
    package var message: String

    package init(_ code: Code, at place: Place, _ message: String) {
        self.code = code
        self.place = place
        self.message = message
    }

    package var description: String { "line \(place.line), column \(place.column): \(message)" }
}

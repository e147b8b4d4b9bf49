package import GuaranteeModel

/// Why a JSON text could not be read.
///
/// The message never quotes a string's contents, for they may be secret; a duplicate member's name may be quoted.
package struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Code: Sendable {
        /// Not a JSON text by RFC 8259.
        case malformed
        /// Bytes that are not well-formed in the text's encoding.
        case encoding
        /// More containers inside each other than the reader was told to take.
        case tooDeep
        /// A member whose name the same object had before.
        case duplicateMember
    }

    package var code: Code
    /// The first byte that cannot continue a JSON text, or the end where the text breaks off. An escape that is wrong
    /// stands at its backslash, an ill-formed character at its first byte, a duplicate member at its name.
    /// Lines end with a line feed.
    package var place: Place
    /// What was wrong and what to do.
    package var message: String

    package init(code: Code, place: Place, message: String) {
        self.code = code
        self.place = place
        self.message = message
    }

    package var description: String {
        "line \(place.line), column \(place.column) (offset \(place.offset)): \(message)"
    }
}

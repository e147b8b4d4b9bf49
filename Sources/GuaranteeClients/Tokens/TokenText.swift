import Foundation

/// Secrets as people, files and servers hand them over.
package enum TokenText {
    /// A text without the white space around it, when it can stand in a header: visible ASCII without quotation marks.
    ///
    /// - Parameter place: where the text was found, as a message begins: `The variable NCTS_TOKEN`.
    /// - Throws: `missing` where there is nothing, `malformed` where a header would break.
    package static func checked(_ text: String, in place: String) throws(TokenError) -> String {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { throw TokenError(.missing, "\(place) is empty: put the token into it.") }
        guard trimmed.utf8.allSatisfy(isVisible) else {
            throw TokenError(
                .malformed,
                "\(place) holds more than a token: leave out the word Bearer, quotation marks, line breaks and all "
                    + "white space.")
        }
        return trimmed
    }

    private static func isVisible(_ byte: UInt8) -> Bool { 0x21...0x7E ~= byte && byte != UInt8(ascii: "\"") }

    /// What a server said, fit for a message: one short line of ASCII in which none of the secrets stands, plainly or
    /// percent-encoded.
    static func quotable(_ text: String, hiding secrets: [Secret]) -> String {
        var text = text
        for secret in secrets where !secret.text.isEmpty {
            for spelling in [secret.text, FormFields.encoded(secret.text)] {
                text = text.replacingOccurrences(of: spelling, with: "****", options: .caseInsensitive)
            }
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { " "..."~" ~= $0 }.prefix(200)))
    }
}

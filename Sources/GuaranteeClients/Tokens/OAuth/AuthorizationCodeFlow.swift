import Foundation

/// One login of a person in a browser: the address to open, and the code that comes back. It opens and listens nowhere.
package struct AuthorizationCodeFlow: Sendable {
    /// Where the browser is sent afterwards.
    package let redirectURI: String
    /// The address that the person is to open.
    package let address: String
    /// Tells an answer to this login from any other.
    private let state: Secret

    /// - Parameters:
    ///   - base: where the API is.
    ///   - redirectURI: one that the application is registered with: `http://localhost:8080/`, or
    ///     `urn:ietf:wg:oauth:2.0:oob`, with which the code is shown to be copied.
    ///   - generator: where the state comes from: 128 bits of it.
    package init(
        base: BaseURL, clientID: String, redirectURI: String, scope: String = OAuthClient.scope,
        using generator: inout some RandomNumberGenerator
    ) {
        let bits = (0..<2).map { _ in String(generator.next() as UInt64, radix: 16) }
        state = Secret(bits.map { String(repeating: "0", count: 16 - $0.count) + $0 }.joined())
        self.redirectURI = redirectURI
        address =
            Self.host(for: base) + "/oauth/authorize?"
            + FormFields.encoded([
                ("response_type", "code"), ("client_id", clientID), ("scope", scope), ("redirect_uri", redirectURI),
                ("state", state.text),
            ])
    }

    /// HMRC shows the page for the person on another host than the API's; anyone else on the same one.
    private static func host(for base: BaseURL) -> String {
        switch base.host {
        case "api.service.hmrc.gov.uk": "https://www.tax.service.gov.uk"
        case "test-api.service.hmrc.gov.uk": "https://test-www.tax.service.gov.uk"
        default: base.description
        }
    }

    /// The code in a redirect.
    ///
    /// - Parameter path: what the browser asked for, with its query: `/?code=…&state=…`.
    /// - Throws: `missing` where it is no redirect of this login (a browser asks for icons too, and any page can send it
    ///   here); `refused` where consent was denied.
    package func code(inRedirect path: String) throws(TokenError) -> Secret {
        let query =
            path.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0]
            .split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first ?? ""
        guard let fields = FormFields.decoded(query) else {
            throw TokenError(.missing, "The redirect's query can't be read: open the address again.")
        }
        return try code(in: fields)
    }

    /// The code in what a person pasted: the code alone, or the whole address that the browser was sent to.
    ///
    /// - Throws: `missing` where there is no code in it, and as for a redirect.
    package func code(inPasted text: String) throws(TokenError) -> Secret {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if text.contains("?") { return try code(inRedirect: text) }
        if text.contains("&") || text.hasPrefix("code=") || text.hasPrefix("error=") {
            return try code(inRedirect: "?" + text)
        }
        guard !text.contains("://") else {
            throw TokenError(.missing, "The address has no code in it: copy all of it, or the code alone.")
        }
        do {
            return Secret(try TokenText.checked(text, in: "What was pasted"))
        } catch {
            throw TokenError(
                .missing, "That is no code: paste the code alone, or the whole address with it, on one line.")
        }
    }

    private func code(in fields: [(name: String, value: String)]) throws(TokenError) -> Secret {
        func only(_ name: String) throws(TokenError) -> String? {
            let values = fields.filter { $0.name == name }.map(\.value)
            guard values.count < 2 else { throw TokenError(.missing, "The redirect has \(name) twice: log in again.") }
            return values.first
        }
        let state = try only("state")
        let error = try only("error")
        let code = try only("code")
        guard error != nil || code != nil else {
            throw TokenError(.missing, "There is no code: log in to the end, and copy the whole address.")
        }
        guard state == self.state.text else {
            throw TokenError(.missing, "The redirect belongs to another login: open the address that was printed last.")
        }
        if let error {
            let words = [error, try only("error_description")].compactMap { $0 }
            let said = words.map { TokenText.quotable($0, hiding: [self.state]) }.joined(separator: ", ")
            throw TokenError(.refused, "No consent was given (\(said)): log in again, and grant it.")
        }
        guard let code, !code.isEmpty else { throw TokenError(.missing, "The code is empty: log in again.") }
        return Secret(code)
    }
}

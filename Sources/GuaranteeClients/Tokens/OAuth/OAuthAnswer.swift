import Foundation
import Translation

/// What the authorisation server answered to `POST /oauth/token`.
struct OAuthAnswer {
    private let response: ExchangeResponse
    private let base: BaseURL
    private let secrets: [Secret]
    private let members: WireTree?

    /// - Parameter secrets: what was sent, and must not come back in a message.
    init(_ response: ExchangeResponse, from base: BaseURL, hiding secrets: [Secret]) {
        self.response = response
        self.base = base
        self.secrets = secrets
        members = try? JSONReader(duplicates: .keepLast).read(response.body)
    }

    /// The tokens in it.
    ///
    /// - Parameter asked: when they were asked for: their life counts from there.
    func tokens(asked: Date) throws(TokenError) -> StoredTokens {
        switch response.status {
        case 200..<300: try granted(asked: asked)
        case 429, 500...:
            throw TokenError(.unavailable, "\(base) gives no tokens now (\(status)): try again later.")
        default: throw TokenError(.refused, "\(base) refused to give tokens (\(status)). \(advice)")
        }
    }

    private func granted(asked: Date) throws(TokenError) -> StoredTokens {
        guard let accessToken = text("access_token"), let token = try? TokenText.checked(accessToken, in: ""),
            (text("token_type") ?? "bearer").lowercased() == "bearer"
        else {
            throw TokenError(
                .answerLost,
                "\(base) answered without a bearer token that can be used. What was sent works once and is used up: log "
                    + "in again with nctsbridge login.")
        }
        let life = text("expires_in").flatMap(Double.init).flatMap { 0...1e9 ~= $0 ? $0 : nil }
        return StoredTokens(
            accessToken: BearerToken(token), refreshToken: text("refresh_token").map(Secret.init),
            obtainedAt: asked, expiresAt: life.map { asked.addingTimeInterval($0) }, scope: text("scope"))
    }

    /// The status with what stands beside it: OAuth's `error` and `error_description`, or the platform's `code` and
    /// `message` (contract section 5).
    private var status: String {
        let words = [text("error") ?? text("code"), text("error_description") ?? text("message")]
        let said = words.compactMap { $0.map { TokenText.quotable($0, hiding: secrets) } }
        return (["\(response.status)"] + said).joined(separator: ", ")
    }

    /// What to do about a refusal.
    private var advice: String {
        switch text("error") {
        case "invalid_client", "unauthorized_client":
            "Check the client id, the client secret, and that the application is subscribed to the API."
        case "invalid_scope": "Check that the application is subscribed to the API."
        case "invalid_grant", "invalid_request": "Log in again with nctsbridge login."
        default: "Check the address, the client id and the client secret, and log in again with nctsbridge login."
        }
    }

    /// A member's text, or a number's lexeme; nil where it is neither, or empty.
    private func text(_ name: String) -> String? {
        guard let members, let node = members.child(name, of: WireTree.root),
            members.nodes[node].kind == .string || members.nodes[node].kind == .number
        else { return nil }
        let text = members.text(of: node)
        return text.isEmpty ? nil : text
    }
}

import Foundation
import Translation

/// Asks the authorisation server for tokens: `POST /oauth/token` (contract section 5).
package struct OAuthClient: Sendable {
    /// The scope that both versions of the API ask for (contract section 1).
    package static let scope = "common-transit-convention-guarantee-balance"

    package let base: BaseURL
    package let credentials: ClientCredentials
    private let transport: any ExchangeTransport
    private let timekeeper: Timekeeper
    private let limits: TransportLimits

    /// - Parameter base: where the server is; its path is its own.
    package init(
        transport: any ExchangeTransport, base: BaseURL, credentials: ClientCredentials, timekeeper: Timekeeper,
        limits: TransportLimits = TransportLimits()
    ) {
        self.transport = transport
        self.base = base
        self.credentials = credentials
        self.timekeeper = timekeeper
        self.limits = limits
    }

    /// The first tokens, for the code that a person's consent brought.
    ///
    /// - Parameter redirectURI: the one that the code was asked with, character for character.
    /// - Throws: `refused`, `unavailable`, `answerLost`, `cancelled`.
    package func tokens(for code: Secret, redirectURI: String) async throws(TokenError) -> StoredTokens {
        try await ask(
            [("grant_type", "authorization_code"), ("redirect_uri", redirectURI), ("code", code.text)], hiding: code)
    }

    /// New tokens for a refresh token, which is used up by this. It is sent twice only where it surely never left.
    ///
    /// - Throws: `refused`, `unavailable`: the server did not do it; `answerLost`: it may have; `cancelled`: nothing
    ///   was sent.
    package func tokens(refreshing refreshToken: Secret) async throws(TokenError) -> StoredTokens {
        try await ask([("grant_type", "refresh_token"), ("refresh_token", refreshToken.text)], hiding: refreshToken)
    }

    private func ask(
        _ fields: [(name: String, value: String)], hiding secret: Secret
    ) async throws(TokenError) -> StoredTokens {
        let application = [(name: "client_id", value: credentials.id), ("client_secret", credentials.secret.text)]
        let request = ExchangeRequest(
            method: "POST", path: "/oauth/token",
            headers: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"],
            body: Array(FormFields.encoded(application + fields).utf8))
        let (response, asked) = try await send(request)
        let answer = OAuthAnswer(response, from: base, hiding: [credentials.secret, secret])
        var tokens = try answer.tokens(asked: asked)
        tokens.url = base
        tokens.clientID = credentials.id
        return tokens
    }

    /// The answer, and when the request that brought it was sent.
    private func send(_ request: ExchangeRequest) async throws(TokenError) -> (ExchangeResponse, Date) {
        var attempt = 1
        while true {
            let asked = timekeeper.date()
            do {
                return (try await transport.send(request, to: base, limits: limits), asked)
            } catch {
                guard error.nothingSent else {
                    throw TokenError(
                        .answerLost,
                        "\(base) was asked for tokens, but its answer was lost (\(error.message)) What was sent works "
                            + "once and may be used up: log in again with nctsbridge login.")
                }
                guard error.code != .cancelled else {
                    throw TokenError(.cancelled, "Cancelled before \(base) was asked.")
                }
                guard attempt < 3, error.code != .tls, error.code != .proxy else {
                    throw TokenError(.unavailable, "\(base) can't be asked for tokens: \(error.message)")
                }
            }
            do {
                try await timekeeper.sleep(.seconds(attempt))
            } catch {
                throw TokenError(.cancelled, "Cancelled before \(base) was asked again.")
            }
            attempt += 1
        }
    }
}

import Foundation
import Translation

/// The OAuth 2.0 server: codes, access tokens that expire, refresh tokens that work once (contract section 5).
struct AuthorisationServer: Sendable {
    enum Holder: Equatable {
        case user(String)
        case expired
        /// Not a token that was issued here.
        case unknown
    }

    private struct Grant: Sendable {
        var user: String
        var client: String
        var expires: Duration
    }

    private struct Code: Sendable {
        var user: String
        var client: String
        var redirect: String
        var expires: Duration
    }

    private let settings: Scenario.OAuth
    private let scale: Double
    private var codes: [String: Code] = [:]
    private var accessTokens: [String: Grant] = [:]
    private var refreshTokens: [String: Grant] = [:]
    private var generator: IdentifierGenerator
    private var issued = 0

    init(_ settings: Scenario.OAuth, scale: Double, seed: UInt64) {
        self.settings = settings
        self.scale = scale
        generator = IdentifierGenerator(seed: seed, record: 1)
    }

    func holder(of token: String, at now: Duration) -> Holder {
        guard let grant = accessTokens[token] else { return .unknown }
        return now < grant.expires ? .user(grant.user) : .expired
    }

    // MARK: - /oauth/authorize

    /// Where the browser is sent with a code; the simulator asks nobody for consent. nil where the question is no good.
    mutating func authorise(_ query: [String: String], at now: Duration) -> String? {
        guard query["response_type"] == "code", let client = query["client_id"], let redirect = query["redirect_uri"],
            settings.clients?.contains(where: { $0.id == client }) ?? true,
            var address = URLComponents(string: redirect), address.scheme != nil
        else { return nil }
        let code = secret("code")
        codes[code] = Code(
            user: query["user"] ?? "oauth-user", client: client, redirect: redirect, expires: now + .seconds(600))
        var items = [URLQueryItem(name: "code", value: code)]
        if let state = query["state"] { items.append(URLQueryItem(name: "state", value: state)) }
        address.queryItems = (address.queryItems ?? []) + items
        return address.string
    }

    // MARK: - /oauth/token

    struct TokenError: Error {
        var status: Int
        var error: String
        var description: String
    }

    /// Grants tokens for a code or a refresh token: either works once.
    mutating func grant(_ form: [String: String], at now: Duration) -> Result<[UInt8], TokenError> {
        guard let client = form["client_id"], let secret = form["client_secret"] else {
            return .failure(
                TokenError(status: 400, error: "invalid_request", description: "client_id and client_secret are needed")
            )
        }
        guard settings.clients?.contains(where: { $0.id == client && $0.secret == secret }) ?? true else {
            return .failure(TokenError(status: 401, error: "invalid_client", description: "the application is unknown"))
        }
        switch form["grant_type"] {
        case "authorization_code":
            guard let code = form["code"].flatMap({ codes.removeValue(forKey: $0) }), now < code.expires,
                code.client == client, code.redirect == form["redirect_uri"]
            else { return .failure(TokenError(status: 400, error: "invalid_grant", description: "code is invalid")) }
            return .success(tokens(for: code.user, client, at: now))
        case "refresh_token":
            guard let grant = form["refresh_token"].flatMap({ refreshTokens.removeValue(forKey: $0) }),
                now < grant.expires, grant.client == client
            else {
                return .failure(
                    TokenError(status: 400, error: "invalid_grant", description: "refresh_token is invalid"))
            }
            return .success(tokens(for: grant.user, client, at: now))
        default:
            return .failure(
                TokenError(status: 400, error: "unsupported_grant_type", description: "grant_type is not supported"))
        }
    }

    private mutating func tokens(for user: String, _ client: String, at now: Duration) -> [UInt8] {
        let access = secret("access")
        let refresh = secret("refresh")
        accessTokens[access] = Grant(user: user, client: client, expires: now + settings.accessSeconds)
        refreshTokens[refresh] = Grant(user: user, client: client, expires: now + settings.refreshSeconds)
        var json = JSONStream()
        json.object { json in
            json.member("access_token", access)
            json.member("refresh_token", refresh)
            // What a client is told is in the client's seconds.
            json.member("expires_in", max(1, Int((settings.accessSeconds.inSeconds / scale).rounded(.up))))
            json.member("scope", "common-transit-convention-guarantee-balance")
            json.member("token_type", "bearer")
        }
        return json.bytes
    }

    private mutating func secret(_ kind: String) -> String {
        issued += 1
        return "\(kind)-\(issued)-\(generator.balanceID(epochSecond: issued))"
    }
}

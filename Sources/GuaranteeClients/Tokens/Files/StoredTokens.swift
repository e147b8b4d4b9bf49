package import Foundation
import Translation

/// What a login or a refresh brought, as the token file keeps it.
package struct StoredTokens: Sendable, Equatable {
    /// Whose tokens they are; nil where the file doesn't say. They go nowhere else.
    package var url: BaseURL?
    /// The application that they were given to.
    package var clientID: String?
    package var accessToken: BearerToken
    /// Works once (contract section 5); nil where there is none.
    package var refreshToken: Secret?
    /// When the access token was asked for.
    package var obtainedAt: Date?
    /// When the access token ends; nil where that is not known.
    package var expiresAt: Date?
    package var scope: String?
    /// When the refresh token was sent to the server, if nothing is known of the answer: it may be used up.
    package var refreshSentAt: Date?

    package init(
        url: BaseURL? = nil, clientID: String? = nil, accessToken: BearerToken, refreshToken: Secret? = nil,
        obtainedAt: Date? = nil, expiresAt: Date? = nil, scope: String? = nil
    ) {
        self.url = url
        self.clientID = clientID
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.obtainedAt = obtainedAt
        self.expiresAt = expiresAt
        self.scope = scope
    }

    /// Whether the access token has ended.
    package func hasExpired(at time: Date) -> Bool {
        expiresAt.map { $0 <= time } ?? false
    }

    /// Whether it is time to refresh: less than 5 minutes are left, or less than a tenth of the access token's life.
    package func isDue(at time: Date) -> Bool {
        guard let expiresAt else { return false }
        let life = obtainedAt.map { expiresAt.timeIntervalSince($0) } ?? .infinity
        return hasExpired(at: time) || expiresAt.timeIntervalSince(time) < min(300, life / 10)
    }
}

// MARK: - As JSON

extension StoredTokens {
    private static let version = 1

    /// The file's text.
    var json: [UInt8] {
        var json = JSONStream(style: .pretty)
        json.object { json in
            json.member("version", Self.version)
            json.memberIfPresent("url", url?.description)
            json.memberIfPresent("clientId", clientID)
            json.member("accessToken", accessToken.secret)
            json.memberIfPresent("refreshToken", refreshToken?.text)
            json.memberIfPresent("obtainedAt", obtainedAt.map(Self.text))
            json.memberIfPresent("expiresAt", expiresAt.map(Self.text))
            json.memberIfPresent("scope", scope)
            json.memberIfPresent("refreshSentAt", refreshSentAt.map(Self.text))
        }
        json.newline()
        return json.bytes
    }

    /// - Parameter path: the file, for messages.
    /// - Throws: `malformedFile`.
    init(json bytes: [UInt8], path: String) throws(TokenError) {
        func malformed(_ what: String) -> TokenError {
            TokenError(.malformedFile, "\(path): \(what) Make it anew with nctsbridge login.")
        }
        let tree: WireTree
        do {
            tree = try JSONReader().read(bytes)
        } catch {
            throw malformed("\(error).")
        }
        func text(_ name: String) throws(TokenError) -> String? {
            guard let node = tree.child(name, of: WireTree.root), tree.nodes[node].kind != .null else { return nil }
            guard tree.nodes[node].kind == .string else { throw malformed("\(name) is no text.") }
            return tree.text(of: node)
        }
        func date(_ name: String) throws(TokenError) -> Date? {
            guard let text = try text(name) else { return nil }
            guard let date = Self.date(text) else { throw malformed("\(name) is no time like 2026-01-31T12:00:00Z.") }
            return date
        }
        guard tree.child("version", of: WireTree.root).map({ tree.text(of: $0) }) == "\(Self.version)" else {
            throw malformed("the version is not \(Self.version).")
        }
        guard let token = try text("accessToken") else { throw malformed("there is no accessToken.") }
        accessToken = BearerToken(try TokenText.checked(token, in: "accessToken in \(path)"))
        refreshToken = try text("refreshToken").map(Secret.init)
        clientID = try text("clientId")
        scope = try text("scope")
        obtainedAt = try date("obtainedAt")
        expiresAt = try date("expiresAt")
        refreshSentAt = try date("refreshSentAt")
        guard let address = try text("url") else { return }
        do {
            url = try BaseURL(address)
        } catch {
            throw malformed("url: \(error)")
        }
    }

    private static func text(_ date: Date) -> String { date.formatted(.iso8601) }

    private static func date(_ text: String) -> Date? {
        (try? Date(text, strategy: .iso8601))
            ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }
}

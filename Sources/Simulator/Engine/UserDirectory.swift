import Translation

/// Who a bearer token stands for. Tokens stay in here: the log has names.
struct UserDirectory: Sendable {
    struct User: Sendable {
        var id: String
        var name: String
        var application = "application"
        var hasScope = true
        var isSubscribed = true
        var refusedWith: Int?
    }

    private let known: [String: User]?
    private var names: [String: String] = [:]

    init(_ users: [Scenario.User]?) {
        known = users.map { users in
            let entries = users.map { user in
                let value = User(
                    id: user.name, name: user.name, application: user.application, hasScope: user.hasScope,
                    isSubscribed: user.isSubscribed, refusedWith: user.refusedWith)
                return (user.token, value)
            }
            return Dictionary(entries, uniquingKeysWith: { first, _ in first })
        }
    }

    /// The user of a request's token; nil where there is no token, or one that is unknown or has expired.
    mutating func user(of request: ExchangeRequest, authorisation: AuthorisationServer, at now: Duration) -> User? {
        guard let token = Self.token(of: request) else { return nil }
        switch authorisation.holder(of: token, at: now) {
        case .expired: return nil
        case .user(let name): return known?.values.first { $0.name == name } ?? anyone(name)
        case .unknown: break
        }
        if let known { return known[token] }
        return anyone(token)
    }

    static func token(of request: ExchangeRequest) -> String? {
        guard let header = request.headers["Authorization"] else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty else { return nil }
        return String(parts[1])
    }

    /// A user whom no scenario lists: the log numbers them.
    private mutating func anyone(_ id: String) -> User {
        let name = names[id] ?? "user-\(names.count + 1)"
        names[id] = name
        return User(id: id, name: name)
    }
}

import Foundation
package import Translation

extension Scenario {
    /// Reads a scenario file: YAML, or JSON, which YAML includes.
    ///
    /// - Throws: `MappingError` with the line: an unknown key, a value of the wrong shape, a condition that no table has.
    package init(parsing bytes: [UInt8], file: String, codec: ExchangeCodec) throws(MappingError) {
        self.init()
        let root = try YAMLNode(parsing: bytes, file: file).members([
            "spelling", "time", "published", "lock", "platform", "v1", "users", "oauth", "eoris",
            "guarantees", "faults",
        ])
        if let node = root["spelling"] { spelling = try node.value { SpellingSource(rawValue: $0) } }
        if let node = root["time"] { try readTime(node) }
        if let node = root["lock"] { lock = try node.members(["seconds"])["seconds"]?.seconds() ?? lock }
        if let node = root["platform"] { try readPlatform(node) }
        if let node = root["v1"] { try readV1(node) }
        if let node = root["oauth"] { try readOAuth(node) }
        if let node = root["users"] { users = try Optional(node).mapItems(Self.user) }
        if let node = root["eoris"] {
            eoris = Set(try Optional(node).mapItems { (item) throws(MappingError) in try item.text() })
        }
        let parser = PlanParser(codec: codec)
        var own = try root["guarantees"].mapItems { (node) throws(MappingError) in try parser.guarantee(node) }
        var seen: Set<String> = []
        for (guarantee, node) in zip(own, try root["guarantees"]?.items() ?? [])
        where !seen.insert(guarantee.grn).inserted {
            throw node.problem("the guarantee \(guarantee.grn) stands here twice")
        }
        if try root["published"]?.flag() ?? true { own += PublishedData.guarantees.filter { !seen.contains($0.grn) } }
        guarantees = own
        faults = try root["faults"].mapItems { (node) throws(MappingError) in try parser.fault(node) }
    }

    /// The simulator without a scenario file.
    package static var standard: Scenario {
        var scenario = Scenario()
        scenario.guarantees = PublishedData.guarantees
        return scenario
    }

    private mutating func readTime(_ node: YAMLNode) throws(MappingError) {
        let members = try node.members(["scale", "start"])
        if let scale = members["scale"] {
            time.scale = try scale.value { Double($0).flatMap { $0 > 0 && $0 <= 1_000_000 ? $0 : nil } }
        }
        time.start = try members["start"]?.value { text in
            (try? Date(text, strategy: .iso8601)) == nil ? nil : text
        }
    }

    private mutating func readPlatform(_ node: YAMLNode) throws(MappingError) {
        let members = try node.members(["callsPerSecond", "authorisation"])
        if let limit = members["callsPerSecond"] { platform.callsPerSecond = try limit.count() }
        platform.answersForTokens = try members["authorisation"]?.flag() ?? true
    }

    private mutating func readV1(_ node: YAMLNode) throws(MappingError) {
        let members = try node.members(["withdrawn", "asynchronous", "wait", "timeLimit", "keep", "queriesPerDay"])
        if let withdrawn = members["withdrawn"] {
            switch try withdrawn.text() {
            case "true": v1.withdrawnFrom = .zero
            case "false": v1.withdrawnFrom = nil
            default: v1.withdrawnFrom = try withdrawn.seconds()
            }
        }
        v1.isAsynchronous = try members["asynchronous"]?.flag() ?? true
        v1.wait = try members["wait"]?.seconds() ?? v1.wait
        v1.timeLimit = try members["timeLimit"]?.seconds() ?? v1.timeLimit
        v1.keep = try members["keep"]?.seconds() ?? v1.keep
        v1.queriesPerDay = try members["queriesPerDay"]?.count() ?? v1.queriesPerDay
    }

    private mutating func readOAuth(_ node: YAMLNode) throws(MappingError) {
        let members = try node.members(["accessSeconds", "refreshSeconds", "clients"])
        oauth.accessSeconds = try members["accessSeconds"]?.seconds() ?? oauth.accessSeconds
        oauth.refreshSeconds = try members["refreshSeconds"]?.seconds() ?? oauth.refreshSeconds
        if let clients = members["clients"] {
            oauth.clients = try Optional(clients).mapItems { (node) throws(MappingError) in
                let members = try node.members(["id", "secret"])
                guard let id = try members.text("id"), let secret = try members.text("secret") else {
                    throw node.problem("a client has an \"id\" and a \"secret\"")
                }
                return OAuth.Client(id: id, secret: secret)
            }
        }
    }

    private static func user(_ node: YAMLNode) throws(MappingError) -> User {
        let members = try node.members(["token", "user", "application", "scope", "subscribed", "service"])
        guard let token = try members.text("token") else { throw node.problem("a user has a \"token\"") }
        guard let name = try members.text("user") else {
            throw node.problem("a user has a name: \"user\", which the log shows in place of the token")
        }
        var user = User(token: token, name: name)
        user.application = try members.text("application") ?? user.application
        user.hasScope = try members["scope"]?.flag() ?? true
        user.isSubscribed = try members["subscribed"]?.flag() ?? true
        user.refusedWith = try members["service"]?.value { $0 == "401" ? 401 : $0 == "403" ? 403 : nil }
        return user
    }
}

extension YAMLNode {
    /// Seconds, perhaps with a fraction.
    func seconds() throws(MappingError) -> Duration {
        try value { text in
            Double(text).flatMap {
                $0.isFinite && $0 >= 0 && $0 < 1e9 ? .nanoseconds(Int64(($0 * 1e9).rounded())) : nil
            }
        }
    }

    func count() throws(MappingError) -> Int { try value { Int($0).flatMap { $0 >= 0 ? $0 : nil } } }

    func flag() throws(MappingError) -> Bool { try value { $0 == "true" ? true : $0 == "false" ? false : nil } }
}

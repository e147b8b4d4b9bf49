/// Finds what was written as a setting and is none: a mistyped key must not pass silently for a default.
enum UnknownSettings {
    static func problems(file entries: [SettingEntry]) -> [SettingsProblem] {
        entries.compactMap { entry in
            guard GatewaySettings.fieldsByKey[entry.key] == nil else { return nil }
            if SettingsFile.groups.contains(entry.key) {
                let members = GatewaySettings.fields.map(\.key).filter { $0.hasPrefix(entry.key + ".") }
                return SettingsProblem(
                    entry.key, entry.source, "is a group of settings: \(members.joined(separator: ", "))")
            }
            let known = GatewaySettings.fields.map(\.key) + (entry.shape == .group ? SettingsFile.groups.sorted() : [])
            return SettingsProblem(entry.key, entry.source, message(nearest: NearestName.to(entry.key, in: known)))
        }
    }

    static func problems(flags keys: [String]) -> [SettingsProblem] {
        keys.filter { GatewaySettings.fieldsByKey[$0] == nil }.map { key in
            let nearest = NearestName.to(key, in: GatewaySettings.fields.map(\.key))
            return SettingsProblem(key, .flag(key), message(nearest: nearest))
        }
    }

    /// The names alone: what an unknown variable holds may be a token.
    static func problems(variables names: [String]) -> [SettingsProblem] {
        let prefix = GatewaySettings.Field.variablePrefix
        let known = GatewaySettings.fields.map(\.variable)
        let services = services(among: names)
        let unknown = names.filter { name in
            name.hasPrefix(prefix) && !known.contains(name) && !services.contains { isLink(name, to: $0) }
        }
        return unknown.map { name in
            // What all have in common makes none of them near.
            let nearest = NearestName.to(
                String(name.dropFirst(prefix.count)), in: known.map { String($0.dropFirst(prefix.count)) })
            return SettingsProblem(nil, .variable(name), message(nearest: nearest.map { prefix + $0 }))
        }
    }

    private static func message(nearest: String?) -> String {
        "is no setting" + (nearest.map { "; did you mean \($0)?" } ?? "")
    }

    /// The services that Kubernetes told of. It sets variables for each, and one named `nctsbridge-gateway` is likely:
    /// `NCTSBRIDGE_GATEWAY_SERVICE_HOST`, `…_SERVICE_PORT` and `…_PORT_9080_TCP_ADDR` among others.
    private static func services(among names: [String]) -> [String] {
        let suffix = "_SERVICE_HOST"
        return names.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
            .filter { names.contains($0 + "_SERVICE_PORT") }
    }

    private static func isLink(_ name: String, to service: String) -> Bool {
        guard name.hasPrefix(service) else { return false }
        let rest = name.dropFirst(service.count)
        return rest == "_SERVICE_HOST"
            || ["_SERVICE_PORT", "_PORT"].contains { rest == $0 || rest.hasPrefix($0 + "_") }
    }
}

import Configuration

/// All values of one source: which there are, and what swift-configuration makes of them.
struct SettingsLayer {
    let entries: [String: SettingEntry]
    let snapshot: any ConfigSnapshot

    /// The flags of a command, by the keys of their settings.
    static func flags(_ flags: [String: String]) -> SettingsLayer {
        var entries: [String: SettingEntry] = [:]
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, text) in flags {
            guard let field = GatewaySettings.fieldsByKey[key] else { continue }
            entries[key] = SettingEntry(key: key, text: text, shape: .plain, source: .flag(field.flag))
            values[field.configKey] = ConfigValue(field.form.content(of: text), isSecret: false)
        }
        return SettingsLayer(entries: entries, snapshot: InMemoryProvider(name: "flags", values: values).snapshot())
    }

    /// The environment's variables that are settings. No other is let in: tokens are among them.
    static func environment(_ environment: [String: String]) -> SettingsLayer {
        var entries: [String: SettingEntry] = [:]
        var variables: [String: String] = [:]
        for field in GatewaySettings.fields {
            guard let text = environment[field.variable] else { continue }
            entries[field.key] = SettingEntry(
                key: field.key, text: text, shape: .plain, source: .variable(field.variable))
            variables[field.variable] = text
        }
        let prefix = ConfigKey(
            GatewaySettings.Field.variablePrefix.lowercased().split(separator: "_").map(String.init))
        let provider = EnvironmentVariablesProvider(environmentVariables: variables).prefixKeys(with: prefix)
        return SettingsLayer(entries: entries, snapshot: provider.snapshot())
    }

    /// Nil where the file's values can't be had.
    static func file(_ file: SettingsFile) -> SettingsLayer? {
        file.snapshot.map { snapshot in
            SettingsLayer(
                entries: Dictionary(file.entries.map { ($0.key, $0) }) { _, last in last }, snapshot: snapshot)
        }
    }

    /// What stands here for a setting; nil where nothing does.
    func value(of field: GatewaySettings.Field) -> FoundValue? {
        guard let entry = entries[field.key] else { return nil }
        if let complaint = field.form.complaint(about: entry) {
            return FoundValue(source: entry.source, content: .failure(complaint))
        }
        let value = try? snapshot.value(forKey: field.configKey, type: field.form.configType).value
        return FoundValue(source: entry.source, content: value.map { .success($0.content) } ?? .failure(.unreadable))
    }
}

/// What a source has for a setting, in the setting's form or not.
struct FoundValue {
    let source: SettingSource
    let content: Result<ConfigContent, SettingComplaint>
}

extension GatewaySettings.Field {
    var configKey: AbsoluteConfigKey { AbsoluteConfigKey(key.split(separator: ".").map(String.init)) }
}

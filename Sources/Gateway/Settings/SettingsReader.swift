/// Reads settings from flags, then the environment, then a file, and collects what is wrong with any of them. A value
/// that is not taken is replaced by its default, so that the rest is looked at too; no gateway starts with it.
struct SettingsReader {
    private let layers: [SettingsLayer]
    /// The names of all variables that hold something: whether a token is there, and not which.
    private let variableNames: Set<String>
    private var effective: [String: GatewaySettings.EffectiveValue] = [:]
    private(set) var problems: [SettingsProblem] = []
    /// Whether all sources could be read: where one could not, nothing can be said to be missing.
    let isComplete: Bool

    init(flags: [String: String], environment: [String: String], file path: String?) {
        let file = path.map { SettingsFile($0) }
        let fileLayer = file.flatMap { SettingsLayer.file($0) }
        layers = [.flags(flags), .environment(environment)] + [fileLayer].compactMap { $0 }
        variableNames = Set(environment.filter { !$0.value.isEmpty }.keys)
        isComplete = file?.isRead ?? true
        problems = file?.problems ?? []
        problems += UnknownSettings.problems(file: file?.entries ?? [])
        problems += UnknownSettings.problems(flags: flags.keys.sorted())
    }

    mutating func value<Value>(_ setting: Setting<Value>) -> Value {
        let field = setting.field
        guard let found = found(field) else {
            note(setting, setting.standard, .standard)
            return setting.standard
        }
        switch found.content.flatMap(setting.read) {
        case .success(let value):
            note(setting, value, found.source)
            return value
        case .failure(let complaint):
            problems.append(SettingsProblem(field.key, found.source, complaint.message))
            return setting.standard
        }
    }

    /// The first layer that has a value counts, whether it is taken or not.
    private func found(_ field: GatewaySettings.Field) -> FoundValue? {
        layers.lazy.compactMap { $0.value(of: field) }.first
    }

    /// Where a setting was told, taken or not; nil where it was not told.
    func source<Value>(of setting: Setting<Value>) -> SettingSource? { found(setting.field)?.source }

    func isTold<Value>(_ setting: Setting<Value>) -> Bool { source(of: setting) != nil }

    /// Notes that a setting does not go with the others; its place is named where it was told.
    mutating func refuse<Value>(_ setting: Setting<Value>, _ message: String) {
        problems.append(SettingsProblem(setting.field.key, source(of: setting), message))
    }

    /// Notes a value that follows from others.
    mutating func note<Value>(_ setting: Setting<Value>, _ value: Value, _ source: SettingSource) {
        effective[setting.field.key] = GatewaySettings.EffectiveValue(
            key: setting.field.key, value: setting.spell(value), source: source.description)
    }

    func holdsVariable(_ name: String) -> Bool { variableNames.contains(name) }

    /// Looks for variables that are meant for the gateway and that it does not know.
    ///
    /// - Parameter tokens: variables that hold tokens, which may be named like settings.
    mutating func checkVariables(besides tokens: [String]) {
        problems += UnknownSettings.problems(variables: variableNames.subtracting(tokens).sorted())
    }

    var effectiveValues: [GatewaySettings.EffectiveValue] { GatewaySettings.fields.compactMap { effective[$0.key] } }
}

/// Every setting, named here once. Variables, flags, the values that are printed, the reference in the documentation
/// and the search for unknown keys all follow from it.
package struct SettingsTable: Sendable {
    package let listening = ListeningSettings()
    package let asking = AskingSettings()
    package let tokens = TokenSettings()
    package let mirror = MirrorSettings()
    package let answering = AnsweringSettings()
    package let keeping = KeepingSettings()
    package let limits = LimitSettings()
    package let running = RunningSettings()

    package static let all = SettingsTable()

    /// The groups in order, each with its title and its settings.
    package static let groups: [(title: String, fields: [GatewaySettings.Field])] = [
        ("Listening", fields(in: all.listening)), ("Asking", fields(in: all.asking)),
        ("Tokens", fields(in: all.tokens)), ("Mirror", fields(in: all.mirror)),
        ("Answering", fields(in: all.answering)), ("Keeping", fields(in: all.keeping)),
        ("Limits", fields(in: all.limits)), ("Running", fields(in: all.running)),
    ]

    /// What a group declares is what it has: a second list could lack one.
    private static func fields(in group: Any) -> [GatewaySettings.Field] {
        Swift.Mirror(reflecting: group).children.compactMap { ($0.value as? any FieldHolder)?.field }
    }
}

extension GatewaySettings {
    /// All settings in the order of the table.
    package static let fields = SettingsTable.groups.flatMap(\.fields)

    static let fieldsByKey = Dictionary(fields.map { ($0.key, $0) }) { first, _ in first }

    /// The settings as a table of Markdown, for the documentation.
    package static var reference: String {
        "| setting | takes | default | what it is |\n|---|---|---|---|\n"
            + fields.map { "| `\($0.key)` | \($0.type) | \($0.standard) | \($0.help) |\n" }.joined()
    }
}

private protocol FieldHolder {
    var field: GatewaySettings.Field { get }
}

extension Setting: FieldHolder {}

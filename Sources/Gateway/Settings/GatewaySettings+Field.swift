import Configuration

extension GatewaySettings {
    /// What a setting is called everywhere, and what is told of it: its variable and its flag follow from its key.
    package struct Field: Sendable, Equatable {
        /// `limits.connections`: the key in a configuration file, nested or dotted.
        package let key: String
        /// What it takes, in words: `seconds, 0.1 to 60`.
        package let type: String
        /// The same in a word, for a command's help: `seconds`.
        package let valueName: String
        /// What counts where nothing is told, in words.
        package let standard: String
        package let help: String
        let form: SettingForm

        package static let variablePrefix = "NCTSBRIDGE_GATEWAY_"

        /// `NCTSBRIDGE_GATEWAY_LIMITS_CONNECTIONS`
        package var variable: String {
            Self.variablePrefix + String(key.uppercased().map { $0 == "." || $0 == "-" ? "_" : $0 })
        }

        /// `limits-connections`
        package var flag: String { String(key.map { $0 == "." ? "-" : $0 }) }

        /// Whether it is switched on and off, and takes no value as a flag.
        package var isSwitch: Bool { form == .flag }
    }
}

/// A setting with the type of its value.
package struct Setting<Value: Sendable>: Sendable {
    package let field: GatewaySettings.Field
    let standard: Value
    let read: @Sendable (ConfigContent) -> Result<Value, SettingComplaint>
    /// A value as it is printed; it can be given again in the same words.
    let spell: @Sendable (Value) -> String

    /// A setting that always has a value.
    init(_ key: String, _ kind: SettingKind<Value>, default standard: Value, help: String) {
        field = GatewaySettings.Field(
            key: key, type: kind.type, valueName: kind.valueName, standard: kind.spell(standard), help: help,
            form: kind.form)
        self.standard = standard
        read = kind.read
        spell = kind.spell
    }

    /// A setting that may be left out; `otherwise` says what then is.
    init<Some>(_ key: String, _ kind: SettingKind<Some>, otherwise: String = "none", help: String)
    where Value == Some? {
        field = GatewaySettings.Field(
            key: key, type: kind.type, valueName: kind.valueName, standard: otherwise, help: help, form: kind.form)
        standard = nil
        read = { kind.read($0).map { .some($0) } }
        spell = { $0.map(kind.spell) ?? otherwise }
    }
}

/// One value as its source has it.
struct SettingEntry: Sendable, Equatable {
    /// What its source says of its type. A flag, a variable and a YAML scalar are plain: text that the setting gives
    /// its type; JSON has types of its own.
    enum Shape: Sendable {
        case plain, text, number, boolean, nothing, list, group
    }

    let key: String
    let text: String
    let shape: Shape
    let source: SettingSource
}

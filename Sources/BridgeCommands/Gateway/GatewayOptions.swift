import ArgumentParser
import Gateway

/// A gateway's settings as flags, all of which may be left out. Their values are texts: what is wrong with them is told
/// together with what is wrong in the environment and the file.
struct GatewayOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A YAML or JSON file of settings; variables (NCTSBRIDGE_GATEWAY_LISTEN) come before it, flags before both.",
            valueName: "file"))
    var config: String?

    @OptionGroup(title: "Listening") var listening: GatewayListeningOptions
    @OptionGroup(title: "Asking") var asking: GatewayAskingOptions
    @OptionGroup(title: "Tokens") var tokens: GatewayTokenOptions
    @OptionGroup(title: "Mirror") var mirror: GatewayMirrorOptions
    @OptionGroup(title: "Answering") var answering: GatewayAnsweringOptions
    @OptionGroup(title: "Keeping") var keeping: GatewayKeepingOptions
    @OptionGroup(title: "Limits") var limits: GatewayLimitOptions
    @OptionGroup(title: "Running") var running: GatewayRunningOptions

    /// What was given, by the keys of the settings.
    var given: [String: String] {
        let groups: [any ParsableArguments] = [
            listening, asking, tokens, mirror, answering, keeping, limits, running,
        ]
        return groups.reduce(into: [:]) { given, group in
            given.merge(GivenSettings.of(group)) { first, _ in first }
        }
    }
}

/// Finds the settings that a group of options was given. Their names follow from the keys, so no list of them is needed
/// that could lack one.
private enum GivenSettings {
    static func of(_ group: any ParsableArguments) -> [String: String] {
        var given: [String: String] = [:]
        for child in Swift.Mirror(reflecting: group).children {
            guard let name = child.label?.drop(while: { $0 == "_" }), let key = keys[String(name)] else { continue }
            switch child.value {
            case let option as Option<String?>: given[key] = option.wrappedValue
            case let flag as Flag<Bool?>: given[key] = flag.wrappedValue.map { $0 ? "true" : "false" }
            default: continue
            }
        }
        return given
    }

    /// `limitsConnections` is `limits.connections`.
    private static let keys = Dictionary(
        GatewaySettings.fields.map { (name(of: $0.flag), $0.key) }, uniquingKeysWith: { first, _ in first })

    private static func name(of flag: String) -> String {
        let words = flag.split(separator: "-")
        return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

extension ArgumentHelp {
    /// What the table of settings tells of one.
    static func setting<Value>(_ path: KeyPath<SettingsTable, Setting<Value>>) -> ArgumentHelp {
        let field = SettingsTable.all[keyPath: path].field
        let range = field.type.dropFirst(field.valueName.count).drop { $0 == "," || $0 == " " }
        var notes = range.isEmpty ? [] : [String(range)]
        // Of what is off, or not there, unless it is asked for, a default says nothing.
        if !field.isSwitch, field.standard != "none" { notes.append("default: \(field.standard)") }
        let note = notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"
        return ArgumentHelp("\(field.help)\(note)", valueName: field.valueName)
    }
}

import Configuration

/// How a value is written down: by the same spellings in a flag, a variable and a file. YAML by itself would take `010`
/// for 8, `1:30` for 90 and `no` for false.
enum SettingForm: Sendable {
    case text, whole, number, flag

    var configType: ConfigType {
        switch self {
        case .text: .string
        case .whole: .int
        case .number: .double
        case .flag: .bool
        }
    }

    /// What keeps a value from having this form; nil where nothing does.
    func complaint(about entry: SettingEntry) -> SettingComplaint? {
        switch entry.shape {
        case .nothing: return SettingComplaint("has no value: give it one, or leave it out")
        case .list: return SettingComplaint("has a list where one value is wanted")
        case .group: return SettingComplaint("has a group of settings where one value is wanted")
        case .plain, .text, .number, .boolean: break
        }
        guard !entry.text.isEmpty else { return SettingComplaint("is empty: give it a value, or leave it out") }
        let isTaken =
            switch self {
            case .text: entry.shape == .plain || entry.shape == .text
            case .whole: entry.shape != .text && Self.isWhole(entry.text)
            case .number: entry.shape != .text && Self.isNumber(entry.text)
            case .flag: entry.shape != .text && (entry.text == "true" || entry.text == "false")
            }
        return isTaken ? nil : complaint(aboutText: entry)
    }

    private func complaint(aboutText entry: SettingEntry) -> SettingComplaint {
        if self == .text { return SettingComplaint("is a text: put \(entry.text) in quotes") }
        let what =
            switch self {
            case .text, .whole: "no whole number in plain digits"
            case .number: "no number in plain digits, like 15 or 0.5"
            case .flag: "neither true nor false"
            }
        return SettingComplaint("\(entry.text) is \(what)" + (entry.shape == .text ? ", for it is in quotes" : ""))
    }

    /// A flag's text in its type; as text where it has not that type, which is then said where it is looked up.
    func content(of text: String) -> ConfigContent {
        switch self {
        case .text: .string(text)
        case .whole: Int(text).map { .int($0) } ?? .string(text)
        case .number: Double(text).map { .double($0) } ?? .string(text)
        case .flag: Bool(text).map { .bool($0) } ?? .string(text)
        }
    }

    private static func isWhole(_ text: String) -> Bool {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        guard let first = digits.first, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        return digits.count == 1 || first != 0x30
    }

    private static func isNumber(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, parts.count <= 2, isWhole(String(whole)) else { return false }
        return parts.dropFirst().allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
    }
}

/// Why a value is not taken: the rest of a sentence that begins with the setting.
struct SettingComplaint: Error, Sendable, Equatable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}

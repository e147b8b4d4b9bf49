/// Everything that keeps a gateway from starting with what it was told, at once: who mends one thing at a time starts
/// it often.
package struct SettingsProblems: Error, Sendable, Equatable, CustomStringConvertible {
    package let problems: [SettingsProblem]

    init(_ problems: [SettingsProblem]) {
        self.problems = problems
    }

    package var description: String {
        guard problems.count > 1 else { return problems.map(\.description).joined() }
        let lines = problems.map { "\n  \($0)" }.joined()
        return "the gateway's settings have \(problems.count) problems:\(lines)"
    }
}

/// One thing that is wrong with the settings.
package struct SettingsProblem: Sendable, Equatable, CustomStringConvertible {
    /// The setting, or what was written in the place of one; nil where a whole file is meant.
    package let key: String?
    /// Where it was written; nil where it was not, and should be.
    package let source: SettingSource?
    /// What was wrong, and what to do.
    package let message: String

    init(_ key: String?, _ source: SettingSource?, _ message: String) {
        self.key = key
        self.source = source
        self.message = message
    }

    package var description: String {
        let place = source.map(\.description)
        let subject =
            if let key { key + (place.map { " (\($0))" } ?? "") } else { place ?? "the settings" }
        return OneLine.of("\(subject): \(message)")
    }
}

/// A text of somebody else's as a line of a terminal or a log can show it.
enum OneLine {
    static func of(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar
                }))
    }
}

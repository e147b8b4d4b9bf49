extension GatewaySettings {
    /// One setting as it counts.
    package struct EffectiveValue: Sendable, Equatable {
        package let key: String
        package let value: String
        package let source: String
    }

    /// The effective values as they are printed at the start: `key  value  (source)` in columns, the last line without
    /// its end.
    package var effectiveText: String {
        let values = effective.map { OneLine.of($0.value) }
        // A long path must not push everybody's source off the screen.
        let widths = (
            key: effective.map(\.key.count).max() ?? 0, value: values.map(\.count).filter { $0 <= 40 }.max() ?? 0
        )
        return zip(effective, values)
            .map { entry, value in
                "\(padded(entry.key, widths.key))  \(padded(value, widths.value))  (\(OneLine.of(entry.source)))"
            }
            .joined(separator: "\n")
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

import Configuration

/// What the values of a setting are: how one is read from its form, and spelled again.
struct SettingKind<Value: Sendable>: Sendable {
    /// In words, with its range: `seconds, 0.1 to 60`.
    let type: String
    /// In a word: `seconds`.
    let valueName: String
    let form: SettingForm
    let read: @Sendable (ConfigContent) -> Result<Value, SettingComplaint>
    let spell: @Sendable (Value) -> String

    /// A kind of which every value in its form is taken, or not, by its text.
    static func text(
        _ type: String, _ spell: @escaping @Sendable (Value) -> String,
        _ read: @escaping @Sendable (String) -> Result<Value, SettingComplaint>
    ) -> Self {
        Self(
            type: type, valueName: type, form: .text,
            read: { content in
                guard case .string(let text) = content else { return .failure(.unreadable) }
                return read(text)
            }, spell: spell)
    }
}

extension SettingKind<Int> {
    static func whole(_ range: ClosedRange<Int>, _ unit: String = "n") -> Self {
        Self(
            type: "\(unit), \(range.lowerBound) to \(range.upperBound)", valueName: unit, form: .whole,
            read: { content in
                guard case .int(let number) = content else { return .failure(.unreadable) }
                guard range.contains(number) else {
                    return .failure(
                        SettingComplaint("\(number) is not from \(range.lowerBound) to \(range.upperBound)"))
                }
                return .success(number)
            }, spell: { "\($0)" })
    }
}

extension SettingKind<Double> {
    static func number(_ range: ClosedRange<Double>, _ unit: String = "n") -> Self {
        let words = "\(Self.spelled(range.lowerBound)) to \(Self.spelled(range.upperBound))"
        return Self(
            type: "\(unit), \(words)", valueName: unit, form: .number,
            read: { content in
                guard case .double(let number) = content else { return .failure(.unreadable) }
                guard range.contains(number) else {
                    return .failure(SettingComplaint("\(Self.spelled(number)) is not from \(words)"))
                }
                return .success(number)
            }, spell: Self.spelled)
    }

    static func seconds(_ range: ClosedRange<Double>) -> Self { number(range, "seconds") }

    /// Without the `.0` that nobody writes.
    @Sendable private static func spelled(_ number: Double) -> String {
        Int(exactly: number).map { "\($0)" } ?? "\(number)"
    }
}

extension SettingKind<Bool> {
    static var flag: Self {
        Self(
            type: "true or false", valueName: "true or false", form: .flag,
            read: { content in
                guard case .bool(let isOn) = content else { return .failure(.unreadable) }
                return .success(isOn)
            }, spell: { "\($0)" })
    }
}

extension SettingComplaint {
    /// The form was looked at before: what still can't be read is more than this machine can hold.
    static let unreadable = SettingComplaint("is out of range")
}

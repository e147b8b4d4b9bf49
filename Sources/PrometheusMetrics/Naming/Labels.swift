/// The labels of a series, sorted by name: the same for dimensions that mean the same.
struct Labels: Hashable, Sendable {
    struct Label: Hashable, Sendable {
        var name: String
        var value: String
    }

    /// The longest value that is kept whole, in bytes: longer ones come from outside, and there may be a thousand.
    static let longestValue = 200

    private(set) var all: [Label] = []

    /// Of dimensions that have the same name as a label, the last counts. To Prometheus an empty value is none.
    init(_ dimensions: [(String, String)]) {
        all.reserveCapacity(dimensions.count)
        for (name, value) in dimensions {
            let name = MetricName.sanitisedLabel(name)
            let value = Self.cut(value)
            let index = all.firstIndex { !$0.name.utf8.lexicographicallyPrecedes(name.utf8) } ?? all.endIndex
            if index < all.endIndex, all[index].name == name {
                all[index].value = value
            } else {
                all.insert(Label(name: name, value: value), at: index)
            }
        }
        all.removeAll { $0.value.isEmpty }
    }

    /// The same labels for all series that are over the limit.
    var other: Labels {
        var labels = self
        for index in labels.all.indices { labels.all[index].value = "other" }
        return labels
    }

    /// The value of a label; empty where it is not among them.
    subscript(name: String) -> String { all.first { $0.name == name }?.value ?? "" }

    func match(_ dimensions: [(String, String)]) -> Bool {
        dimensions.allSatisfy { self[MetricName.sanitisedLabel($0.0)] == Self.cut($0.1) }
    }

    /// By bytes, so that the order is the same everywhere.
    static func areInOrder(_ first: Labels, _ second: Labels) -> Bool {
        first.all.lexicographicallyPrecedes(second.all) { first, second in
            if first.name != second.name { return first.name.utf8.lexicographicallyPrecedes(second.name.utf8) }
            return first.value.utf8.lexicographicallyPrecedes(second.value.utf8)
        }
    }

    private static func cut(_ value: String) -> String {
        guard value.utf8.count > longestValue else { return value }
        // Slices end between scalars, never within one.
        return String(value[..<value.utf8.index(value.startIndex, offsetBy: longestValue)])
    }
}

/// A metric as its code names it, before that is made names and labels of Prometheus: what handlers are looked up by.
/// Nothing is copied, sorted or changed to make one.
struct CodeName: Hashable, Sendable {
    let label: String
    let dimensions: [(String, String)]

    /// Whether it is worth keeping: nothing in it is longer than what is kept of it.
    var isShort: Bool { dimensions.allSatisfy { $0.1.utf8.count <= Labels.longestValue } }

    static func == (first: CodeName, second: CodeName) -> Bool {
        first.label == second.label && first.dimensions.elementsEqual(second.dimensions, by: ==)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(label)
        hasher.combine(dimensions.count)
        for (name, value) in dimensions {
            hasher.combine(name)
            hasher.combine(value)
        }
    }
}

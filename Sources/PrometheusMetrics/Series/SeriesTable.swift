import Synchronization

/// What a handler records, and how that is written.
protocol Series: AnyObject, Sendable {
    static var kind: MetricKind { get }

    func write(_ name: String, _ labels: Labels, to text: inout TextWriter)
}

/// A family as it is to be written, its series in order.
struct SeriesFamily {
    /// Its name in the text.
    var name: String
    /// The name it would have if no other family had it.
    var wantedName: String
    /// Its name in the code.
    var label: String
    var kind: MetricKind
    var series: [(labels: Labels, series: any Series)]
}

/// All series of one kind.
final class SeriesTable<Kept: Series>: Sendable {
    private struct Family {
        let name: String
        let label: String
        var series: [Labels: Kept] = [:]
        /// How many names in the code lead here.
        var codeNames = 0

        /// The series that has these labels, or the one for all that are over the limit.
        mutating func series(_ labels: Labels, limit: Int, make: () -> Kept) -> Kept {
            if let found = series[labels] { return found }
            let labels = series.count < limit ? labels : labels.other
            let found = series[labels] ?? make()
            series[labels] = found
            return found
        }
    }

    private struct State {
        /// By the name that they want.
        var families: [String: Family] = [:]
        var known: [CodeName: Kept] = [:]
    }

    private let names: SampleNames
    private let limit: Int
    private let make: @Sendable () -> Kept
    private let state = Mutex(State())

    init(_ names: SampleNames, limit: Int, make: @escaping @Sendable () -> Kept) {
        self.names = names
        self.limit = limit
        self.make = make
    }

    /// The series of a metric: the same each time.
    func series(_ label: String, _ dimensions: [(String, String)]) -> Kept {
        let codeName = CodeName(label: label, dimensions: dimensions)
        if let series = state.withLock({ $0.known[codeName] }) { return series }
        let name = Kept.kind.familyName(of: label)
        let labels = Labels(dimensions)
        return state.withLock { state in
            let series = state.families[
                name, default: Family(name: names.claim(name, for: Kept.kind), label: label)
            ].series(labels, limit: limit, make: make)
            remember(series, as: codeName, of: name, in: &state)
            return series
        }
    }

    /// Saves the next look-up the trouble of making names. Ever new ones can't go on to fill the memory.
    private func remember(_ series: Kept, as codeName: CodeName, of name: String, in state: inout State) {
        guard codeName.isShort, state.known[codeName] == nil, let family = state.families[name],
            family.codeNames < 2 * limit
        else { return }
        state.known[codeName] = series
        state.families[name]?.codeNames += 1
    }

    /// The series of a family whose labels match.
    func matching(_ label: String, _ dimensions: [(String, String)]) -> [(labels: Labels, series: Kept)] {
        let found = state.withLock { $0.families[Kept.kind.familyName(of: label)]?.series } ?? [:]
        return found.filter { $0.key.match(dimensions) }.map { (labels: $0.key, series: $0.value) }
    }

    /// All families that have series, in any order.
    func families() -> [SeriesFamily] {
        let families = state.withLock { $0.families }
        return families.compactMap { wantedName, family in
            guard !family.series.isEmpty else { return nil }
            return SeriesFamily(
                name: family.name, wantedName: wantedName, label: family.label, kind: Kept.kind,
                series: family.series.map { (labels: $0.key, series: $0.value) }
                    .sorted { Labels.areInOrder($0.labels, $1.labels) })
        }
    }

    /// Forgets a series. Made again, it is another.
    func remove(_ series: Kept) {
        state.withLock { state in
            guard
                let (name, labels) = state.families.lazy.compactMap({ name, family in
                    family.series.first { $0.value === series }.map { (name, $0.key) }
                }).first
            else { return }
            let before = state.known.count
            state.known = state.known.filter { $0.value !== series }
            state.families[name]?.series[labels] = nil
            state.families[name]?.codeNames -= before - state.known.count
        }
    }
}

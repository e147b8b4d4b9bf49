import Synchronization

/// The names under which samples are written. No two families share one: Prometheus would refuse the whole text.
final class SampleNames: Sendable {
    private let taken = Mutex<Set<String>>([])

    /// Takes a name for a family: the one that is wanted, with its kind added where that is taken.
    func claim(_ wanted: String, for kind: MetricKind) -> String {
        taken.withLock { taken in
            var name = wanted
            while !taken.isDisjoint(with: kind.sampleNames(of: name)) { name += "_" + kind.rawValue }
            taken.formUnion(kind.sampleNames(of: name))
            return name
        }
    }
}

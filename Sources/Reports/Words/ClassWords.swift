import Comparison
import Evidence

extension PairClass {
    /// In the order of their weight for a reader: what needs a look comes first.
    static let byWeight: [PairClass] = [.different, .explained, .drifted, .stale, .inconclusive, .equivalent, .same]

    /// What the class means, in a few words (design section 6).
    var words: String {
        switch self {
        case .same: "equal in meaning and in form"
        case .equivalent: "equal in meaning, written differently"
        case .explained: "different, and a rule says why that is right"
        case .drifted: "the balance moved between the two calls"
        case .different: "different, and nothing explains it"
        case .stale: "too far apart in time for amounts to be judged"
        case .inconclusive: "a side gave no answer about the guarantee"
        }
    }

    /// A heading over pairs of the class.
    var heading: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

extension PairClass? {
    /// The class' name; pairs that are not judged yet are open.
    var name: String { self?.rawValue ?? "open" }

    var words: String { self?.words ?? "not judged yet" }

    /// All classes by their weight, then what is open.
    static let byWeight: [PairClass?] = PairClass.byWeight + [nil]
}

extension EvidenceSummary {
    func count(_ pairClass: PairClass?) -> Int { pairClass.map { classes[$0, default: 0] } ?? open }

    /// Classes with at least one pair, in their own order, then what is open.
    var occurring: [PairClass?] {
        (PairClass.allCases as [PairClass?] + [nil]).filter { count($0) > 0 }
    }

    /// Pairs that a verdict counts.
    var judged: Int { classes.reduce(0) { $1.key.isJudged ? $0 + $1.value : $0 } }
}

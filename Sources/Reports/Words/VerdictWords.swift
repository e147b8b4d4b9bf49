import Comparison
import Evidence

/// A verdict and its arithmetic in words.
struct VerdictWords {
    private let summary: EvidenceSummary
    private let report: VerdictReport

    init(_ summary: EvidenceSummary) {
        self.summary = summary
        report = summary.verdict
    }

    var title: String { report.verdict.title }

    /// The title and the reason.
    var whole: String { "\(title): \(reason)" }

    /// The reason, to stand alone.
    var sentence: String { reason.prefix(1).uppercased() + reason.dropFirst() }

    /// Why the verdict is as it is: one sentence or more, to stand after the title and a colon.
    var reason: String {
        switch report.verdict {
        case .ready: return "\(compared); \(bounded("at most")), and \(limit) is allowed."
        case .notReady:
            let allowed = report.rules.allowedDifferent
            let are = report.different == 1 ? "is" : "are"
            return "\(Numbers.count(report.different, "pair")) \(are) different, and "
                + (allowed == 0
                    ? "none is allowed." : allowed == 1 ? "1 is allowed." : "\(Numbers.count(allowed)) are allowed.")
        case .notEnoughEvidence:
            guard report.judgedGuarantees > 0 else { return "\(nothing). \(needed)" }
            var sentences: [String] = []
            if report.bound > report.rules.maximumRate {
                sentences = ["\(compared); \(bounded("up to")), and \(limit) is allowed.", needed]
            }
            if !report.thinStrata.isEmpty { sentences.append(thin(isAlone: sentences.isEmpty)) }
            if report.open > 0 {
                let are = report.open == 1 ? "is" : "are"
                let open = "\(Numbers.count(report.open, "pair")) \(are) not judged yet"
                sentences.append(sentences.isEmpty ? "\(compared), but \(open)." : "\(open).")
            }
            return sentences.joined(separator: " ")
        }
    }

    // MARK: - Parts

    private var limit: String { Numbers.percent(report.rules.maximumRate) }
    private var bound: String { Numbers.bound(report.bound, against: report.rules.maximumRate) }

    private var compared: String {
        let differing =
            switch report.differentGuarantees {
            case 0: "none differs"
            case 1: "1 differs"
            case let count: "\(Numbers.count(count)) differ"
            }
        return "of \(Numbers.count(report.judgedGuarantees, "distinct guarantee")) compared, \(differing)"
    }

    private func bounded(_ most: String) -> String {
        if let population = report.population {
            let all = Numbers.count(population)
            return "at \(Self.confidence) confidence \(most) \(bound) of the \(all) that there are can differ"
        }
        return "at \(Self.confidence) confidence \(most) \(bound) of all guarantees can differ"
    }

    /// How much would be enough.
    var needed: String {
        guard let needed = NeededEvidence.guarantees(report) else {
            return report.population == nil
                ? "No number of them would be enough for that, unless it is known how many there are (--population)."
                : "No number of them would be enough for that."
        }
        let more = Numbers.count(needed - report.judgedGuarantees)
        if report.judgedGuarantees == 0 {
            return "\(Numbers.count(needed, "guarantee")) without a difference would be enough."
        }
        let kind = report.differentGuarantees == 0 ? "without a difference" : "with no further difference"
        return "\(Numbers.count(needed, "guarantee")) \(kind) would be enough, that is \(more) more."
    }

    private func thin(isAlone: Bool) -> String {
        let minimum = report.rules.minimumPerStratum
        let judged = Dictionary(summary.strata.map { ($0.name, $0.judged) }) { first, _ in first }
        let names = report.thinStrata.map { "\($0) (\(Numbers.count(judged[$0, default: 0])))" }.joined(separator: ", ")
        let needs = "each stratum\(summary.run.ofTheList) needs \(Numbers.count(minimum, "judged pair"))"
        return isAlone
            ? "\(compared), but \(needs), and these have fewer: \(names)."
            : "\(needs.prefix(1).uppercased())\(needs.dropFirst()), and these have fewer: \(names)."
    }

    /// Why nothing was compared.
    private var nothing: String {
        if summary.pairs == 0 { return "\(summary.run.noPairs), and nothing was compared" }
        let parts = summary.occurring.map { "\(Numbers.count(summary.count($0))) \($0.name)" }
        let none =
            summary.pairs == 1
            ? "the one pair says nothing" : "none of \(Numbers.count(summary.pairs, "pair")) says anything"
        return "\(none) about the two APIs (\(parts.joined(separator: ", ")))"
    }

    static let confidence = Numbers.percent(1 - RateBound.risk)
}

extension Verdict {
    /// `Ready`, `Not ready`, `Not enough evidence`
    var title: String {
        switch self {
        case .ready: "Ready"
        case .notReady: "Not ready"
        case .notEnoughEvidence: "Not enough evidence"
        }
    }
}

import Comparison
import Evidence

/// A number that a page shows large, with its name and a note.
struct Figure: Sendable {
    var name: String
    var value: String
    var note: String
    /// Whether it is one to be worried about.
    var isAlarming = false
}

extension EvidenceSummary {
    /// The four numbers that the verdict rests on.
    var figures: [Figure] {
        let limit = verdict.rules.maximumRate
        return [
            Figure(name: "Pairs judged", value: Numbers.count(judged), note: "of \(Numbers.count(pairs))"),
            Figure(
                name: "Guarantees compared", value: Numbers.count(verdict.judgedGuarantees),
                note: verdict.population.map { "of \(Numbers.count($0))" } ?? "each counted once"),
            Figure(
                name: "Pairs different", value: Numbers.count(verdict.different),
                note: "\(Numbers.count(verdict.rules.allowedDifferent)) allowed", isAlarming: verdict.different > 0),
            Figure(
                name: "Bound", value: Numbers.bound(verdict.bound, against: limit),
                note: "\(Numbers.percent(limit)) allowed"),
        ]
    }

    /// The same before anything is known.
    static let noFigures = [
        Figure(name: "Pairs judged", value: "0", note: ""), Figure(name: "Guarantees compared", value: "0", note: ""),
        Figure(name: "Pairs different", value: "0", note: ""), Figure(name: "Bound", value: "100 %", note: ""),
    ]
}

import Foundation

import Comparison
import Evidence

/// A pair as reports tell it: both answers, what was expected, the rule or its absence.
struct PairWords {
    var number: Int
    /// `purged`, where it was.
    var grn: String
    var label: String?
    var pairClass: PairClass?
    /// v1.0, v2.0, and v1.0 again where it was asked twice.
    var sides: [SideWords]
    /// What differs, and what each side says of it.
    var differences: [(name: String, v1: String, v2: String)]
    /// What both sides were expected to say; nil where they said it, and where nobody asked yet.
    var expected: String?
    /// The rule that explains the difference, or that there is none; nil where there is nothing to explain.
    var rule: String?
    /// Why the pair is of its class, where it is not for a rule.
    var why: String?

    init(_ pair: EvidencePair) {
        let isPurged = pair.question.grn.isEmpty
        number = pair.number
        grn = isPurged ? "purged" : VisibleText.shortened(pair.question.grn, to: 40)
        label = pair.question.label.flatMap { $0.isEmpty ? nil : VisibleText.shortened($0, to: 200) }
        pairClass = pair.judgement?.pairClass
        var outcomes = [("v1.0", pair.v1), ("v2.0", pair.v2)]
        if pair.again != nil { outcomes.append(("v1.0, again", pair.again)) }
        sides = outcomes.map { SideWords($0, $1, isPurged: isPurged, isOpen: pair.judgement == nil) }
        differences = (pair.judgement?.differences ?? []).map { difference in
            let nothing = isPurged ? "purged" : "-"
            return (
                difference.place.map(Self.shortened)
                    ?? difference.aspect.rawValue.replacingOccurrences(of: "-", with: " "),
                difference.left.map(Self.shortened) ?? nothing, difference.right.map(Self.shortened) ?? nothing
            )
        }
        expected = pair.expectation
        rule = pairClass == .different ? "none explains it" : pair.judgement?.rule
        why = pair.judgement?.why
    }

    /// A body's part may be of any length.
    private static func shortened(_ value: String) -> String { VisibleText.shortened(value, to: 300) }

    var v1: SideWords { sides[0] }
    var v2: SideWords { sides[1] }

    /// The rule with its reason, that there is none, or why else the pair is of its class; empty where there is nothing
    /// to explain.
    var explanation: String {
        let parts = [rule.map { pairClass == .different ? "no rule explains it" : "rule \($0)" }, why]
        return parts.compactMap(\.self).joined(separator: ": ")
    }

    /// Both answers and what follows from them, in one line.
    var summary: String {
        var parts = sides.map { "\($0.name): \($0.answer)" }
        if let expected { parts.append("expected \(expected)") }
        if !explanation.isEmpty { parts.append(explanation) }
        return parts.joined(separator: "; ")
    }
}

extension EvidencePair {
    fileprivate var expectation: String? {
        switch judgement?.pairClass {
        case .same, .equivalent, nil: return nil
        case .different:
            guard let meaning = v1?.exchange?.meaning, !question.grn.isEmpty else {
                return "that v2.0 answers as v1.0 does"
            }
            return "that v2.0 answers as v1.0 does: \(meaning.words)"
        case .explained: return "that the answers differ, by the rule"
        case .drifted: return "the same balance from both, had it not moved"
        case .stale: return "the same kind of answer and the same currency, and so it is; amounts may differ"
        case .inconclusive: return "an answer about the guarantee from both"
        }
    }
}

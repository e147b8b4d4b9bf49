import Comparison
import Evidence

extension EvidenceSummary {
    /// How the verdict came about, for readers who want to do the sums again: a sentence or two each.
    var arithmetic: [String] { [order, counted, boundInWords, strataInWords].compactMap(\.self) }

    private var order: String {
        let allowed = Numbers.count(verdict.rules.allowedDifferent)
        let limit = Numbers.percent(verdict.rules.maximumRate)
        return "Not ready while more than \(allowed) pairs are different; not enough evidence while the bound is above "
            + "\(limit), or a stratum has too few judged pairs; else ready."
    }

    private var counted: String {
        let left = Numbers.count(pairs - judged)
        let guarantees = Numbers.count(verdict.judgedGuarantees)
        return "Counted are the \(Numbers.count(judged)) judged pairs of \(Numbers.count(pairs)): same, equivalent, "
            + "explained, drifted and different. What is stale, inconclusive or open never counts (\(left)). The bound "
            + "looks at guarantees, so that pairs about one guarantee count once: \(guarantees), "
            + "\(Numbers.count(verdict.differentGuarantees)) of them with a difference."
    }

    private var boundInWords: String? {
        let (seen, drawn) = (verdict.differentGuarantees, verdict.judgedGuarantees)
        guard drawn > 0 else { return "The bound is 100 %: nothing was compared." }
        let bound = Numbers.bound(verdict.bound, against: verdict.rules.maximumRate)
        let risk = Numbers.percent(RateBound.risk)
        let saw =
            seen == 0
            ? "none of \(Numbers.count(drawn))" : "no more than \(Numbers.count(seen)) of \(Numbers.count(drawn))"
        if let population = verdict.population {
            let all = max(population, drawn)
            let most = Numbers.count(Int((verdict.bound * Double(all)).rounded()))
            guard all > drawn else {
                return "The bound is exact: all \(Numbers.count(all)) guarantees that there are were compared, and "
                    + "\(Numbers.count(seen)) differ, that is \(bound)."
            }
            return
                "There are \(Numbers.count(all)) guarantees (--population). The bound is hypergeometric: if more than "
                + "\(most) of them differed, to see \(saw) would have a probability of \(risk) at most; "
                + "\(most) of \(Numbers.count(all)) is \(bound)."
        }
        let formula = seen == 0 ? "; it is 1 − 0.05^(1/\(drawn)), that is \(bound)" : "; it is \(bound)"
        return
            "The bound is the upper end of the exact one-sided interval of Clopper and Pearson (binomial): the rate at "
            + "which seeing \(saw) differ still has a probability of \(risk)\(formula), rounded up."
    }

    private var strataInWords: String? {
        guard !strata.isEmpty, verdict.rules.minimumPerStratum > 0 else { return nil }
        let minimum = Numbers.count(verdict.rules.minimumPerStratum, "judged pair")
        guard verdict.thinStrata.isEmpty else {
            let thin = verdict.thinStrata.joined(separator: ", ")
            return "Each stratum\(run.ofTheList) needs \(minimum); too few have \(thin)."
        }
        let has = verdict.rules.minimumPerStratum == 1 ? "it" : "them"
        return "Each stratum\(run.ofTheList) needs \(minimum), and has \(has)."
    }

    /// What a reader should know of what the verdict does not count: nothing, where all pairs are judged.
    var missing: [String] {
        var sentences: [String] = []
        if open > 0 {
            let (are, they) = open == 1 ? ("is", "it waits") : ("are", "they wait")
            let why =
                run.isMirror
                ? "\(they) for v2.0, or for a client to fetch v1.0's answer" : "not asked, or not answered yet"
            sentences.append("\(Numbers.count(open, "pair")) \(are) open: \(why).")
        }
        let stale = count(.stale)
        if stale > 0 {
            sentences.append(
                "\(Numbers.count(stale, "pair")) \(stale == 1 ? "is" : "are") stale: the answers are more than "
                    + "\(Numbers.duration(run.comparableWithin)) apart, or nobody knows how far, so amounts were not judged."
            )
        }
        let inconclusive = count(.inconclusive)
        if inconclusive > 0 {
            let most = self.inconclusive.first.map { VisibleText.shortened($0.why, to: 80) }
            let reason = most.map { ", most often because of \u{201C}\($0)\u{201D}" } ?? ""
            let are = inconclusive == 1 ? "is" : "are"
            sentences.append("\(Numbers.count(inconclusive, "pair")) \(are) inconclusive\(reason).")
        }
        return sentences
    }
}

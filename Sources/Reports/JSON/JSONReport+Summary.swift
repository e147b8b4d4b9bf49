import Comparison
import Evidence

extension EvidenceRun {
    func write(to json: inout JSONStream) {
        json.orNull("startedAt", startedAt)
        json.member("mirror", isMirror)
        json.number("timeScale", timeScale)
        for side in EvidenceSide.allCases {
            json.object(side.rawValue) { json in
                json.member("from", describes(side))
                json.member("live", isLive(side))
            }
        }
        json.number("comparableWithinSeconds", comparableWithin)
        json.member("keepsIdentifiers", keepsIdentifiers)
        json.object("mappings") { json in
            for (file, revision) in mappings.sorted(by: { $0.key < $1.key }) { json.member(file, revision) }
        }
    }
}

extension VerdictReport {
    func write(to json: inout JSONStream) {
        json.member("judgedGuarantees", judgedGuarantees)
        json.member("differentGuarantees", differentGuarantees)
        json.member("different", different)
        json.member("allowedDifferent", rules.allowedDifferent)
        json.number("bound", bound)
        json.number("maximumRate", rules.maximumRate)
        json.number("confidence", 1 - RateBound.risk)
        json.member("method", population == nil ? "binomial" : "hypergeometric")
        json.orNull("population", population)
        json.orNull("enoughGuarantees", NeededEvidence.guarantees(self))
        json.member("minimumPerStratum", rules.minimumPerStratum)
        json.array("thinStrata") { json in for stratum in thinStrata { json.item(stratum) } }
    }
}

extension EvidenceSummary.StratumCount {
    func write(to json: inout JSONStream) {
        json.object { json in
            json.member("name", name)
            json.member("total", total)
            json.member("judged", judged)
            json.member("open", open)
            json.object("classes") { $0.write(classes) }
        }
    }
}

extension EvidenceSummary.Timing {
    func write(to json: inout JSONStream) {
        json.member("calls", calls)
        json.milliseconds("medianMilliseconds", median)
        json.milliseconds("p95Milliseconds", p95)
        json.milliseconds("p99Milliseconds", p99)
    }
}

extension EvidenceSummary.Recordings {
    func write(to json: inout JSONStream) {
        json.member("total", total)
        json.member("paired", paired)
        json.member("superseded", superseded)
        json.member("unasked", unasked)
        json.member("unknown", unknown)
        json.member("unreadable", unreadable)
        json.member("foreign", foreign)
    }
}

extension EvidenceSummary.Stretch {
    func write(to json: inout JSONStream) {
        json.object { json in
            json.orNull("from", from)
            json.orNull("until", until)
            json.object("classes") { $0.write(classes) }
            json.object("medianMilliseconds") { json in
                for side in EvidenceSide.allCases { json.milliseconds(side.rawValue, medians[side]) }
            }
            json.number("bound", bound)
        }
    }
}

import Comparison
import Evidence

extension JSONStream {
    /// The members of a pair. What nobody knows, and what was purged, is null.
    mutating func write(_ pair: EvidencePair) {
        let isPurged = pair.question.grn.isEmpty
        member("number", pair.number)
        member("guarantee", pair.guarantee)
        orNull("grn", isPurged ? nil : pair.question.grn)
        member("purged", isPurged)
        orNull("label", pair.question.label)
        orNull("user", pair.question.user)
        orNull("country", pair.country)
        orNull("guaranteeType", pair.question.guaranteeType)
        orNull("class", pair.judgement?.pairClass.rawValue)
        orNull("rule", pair.judgement?.rule)
        orNull("why", pair.judgement?.why)
        orNull("judgedAt", pair.judgedAt)
        objectOrNull("v1", pair.v1) { $0.write($1) }
        objectOrNull("v2", pair.v2) { $0.write($1) }
        objectOrNull("v1Again", pair.again) { $0.write($1) }
        array("differences") { json in
            for difference in pair.judgement?.differences ?? [] {
                json.object { json in
                    json.member("aspect", difference.aspect.rawValue)
                    json.orNull("place", difference.place)
                    json.orNull("v1", difference.left)
                    json.orNull("v2", difference.right)
                }
            }
        }
    }

    private mutating func write(_ outcome: EvidenceOutcome) {
        let exchange = outcome.exchange
        orNull("status", exchange?.status)
        orNull("kind", exchange?.meaning?.kind)
        orNull("condition", exchange?.meaning?.condition)
        // As a string, so that a reader keeps its spelling: 12345678.90.
        orNull("amount", exchange?.meaning?.balance)
        orNull("currency", exchange?.meaning?.currency)
        orNull("at", exchange?.sentAt)
        milliseconds("milliseconds", exchange?.seconds)
        orNull("format", exchange?.format)
        member("recorded", exchange?.isRecorded ?? false)
        orNull("source", exchange?.source.flatMap { $0.isEmpty ? nil : $0 })
        orNull("failure", exchange?.failure)
        orNull("throttledBy", exchange?.throttledBy)
        orNull("why", outcome.why)
    }
}

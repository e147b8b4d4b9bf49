import Comparison
import Evidence
import Foundation

/// One side's answer in words.
struct SideWords {
    /// `v1.0`, `v2.0`, `v1.0, again`
    var name: String
    /// `50000 GBP`, `refusal: not-found`, or why there is no answer.
    var answer: String
    /// `200`, `timed-out`; `-` where there is none.
    var status = "-"
    var at: Date?
    /// Seconds.
    var took: Double?
    /// Where it comes from: the request, or the place of the recording.
    var origin: String?
    /// The masked body, as it came.
    var body: Data?

    /// - Parameters:
    ///   - isPurged: whether the pair's personal data was removed.
    ///   - isOpen: whether there may be an answer yet.
    init(_ name: String, _ outcome: EvidenceOutcome?, isPurged: Bool, isOpen: Bool) {
        self.name = name
        guard let outcome else {
            answer = isOpen ? "no answer yet" : "not asked"
            return
        }
        let exchange = outcome.exchange
        answer =
            exchange?.meaning?.said(isPurged: isPurged) ?? "no answer" + (outcome.why.map { ": \($0)" } ?? "")
        status = exchange?.status.map { String($0) } ?? exchange?.failure ?? "-"
        if let throttled = exchange?.throttledBy {
            status += ", by \(throttled.replacingOccurrences(of: "-", with: " "))"
        }
        at = exchange?.sentAt
        took = exchange?.seconds
        body = exchange?.body
        if let source = exchange?.source, !source.isEmpty {
            origin = "recorded in \(source)"
        } else if exchange?.isRecorded == true {
            origin = "recorded"
        } else if let method = exchange?.method {
            origin = [method, exchange?.path].compactMap(\.self).joined(separator: " ")
        }
    }
}

extension EvidenceMeaning {
    fileprivate func said(isPurged: Bool) -> String {
        guard kind != "answer" else {
            return balance == nil ? isPurged ? "an amount, purged" : "an answer without amount" : words
        }
        // `serviceError` is a name of ours, not a word.
        let name = kind == "serviceError" ? "error" : kind
        return condition.map { "\(name): \($0)" } ?? name
    }
}

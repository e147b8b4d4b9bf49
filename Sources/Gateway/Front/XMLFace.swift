import Foundation
import GuaranteeAdapter
import GuaranteeClients
import Translation

/// v1.0's questions in NCTS4 XML, at the same path: how they are told from JSON, and what is written back.
struct XMLFace: Sendable {
    let conversation: XMLConversation
    private let time: Timekeeper

    init(_ conversation: XMLConversation, time: Timekeeper) {
        self.conversation = conversation
        self.time = time
    }

    static func isXML(_ request: ExchangeRequest) -> Bool {
        request.headers.names(mediaType: "application/xml", "text/xml")
    }

    /// Whether a question about a pending answer wants XML.
    static func wantsXML(_ request: ExchangeRequest) -> Bool { request.headers["Accept"]?.contains("/xml") ?? false }

    /// NCTS's refusal of a query that lacks a guarantee's access code: the schema lets it be absent; nil where none is.
    static func refusal(ofLacking query: BalanceMessage) -> BalanceMessage? {
        var refusal = BalanceMessage(kind: .refusal)
        for (number, guarantee) in query.guarantees.enumerated() where guarantee.accessCode == nil {
            refusal.reasons.append(FunctionalError.wrongAccessCode.about(number))
        }
        return refusal.reasons.isEmpty ? nil : refusal
    }

    struct Written {
        var headers: HeaderFields
        var body: [UInt8]
    }

    /// What makes a message this one: when it was written, and what its identifiers are made of.
    struct Stamp {
        var now: String
        var seed: UInt64
    }

    /// That of an answer that is given once.
    func stamp() -> Stamp {
        Stamp(now: time.date().formatted(Date.ISO8601FormatStyle()), seed: .random(in: .min ... .max))
    }

    /// That of a kept answer: the same message, however often it is asked for.
    func stamp(of state: BalanceState) -> Stamp {
        let digits = state.id.filter { $0 != "-" }
        let seed = UInt64(digits.prefix(16), radix: 16) ?? 0
        return Stamp(
            now: state.completedAt ?? stamp().now, seed: seed ^ (UInt64(digits.suffix(16), radix: 16) ?? 0))
    }

    /// - Throws: where XML can't say it.
    func answer(saying message: BalanceMessage, to query: Reading, stamp: Stamp) throws(TranslationError) -> Written {
        let answer = try conversation.answer(saying: message, to: query, now: stamp.now, seed: stamp.seed)
        var headers: HeaderFields = ["Content-Type": "application/xml; charset=utf-8"]
        if !answer.synthesised.isEmpty {
            headers.append("X-NCTSBridge-Synthesised", answer.synthesised.joined(separator: ", "))
        }
        return Written(headers: headers, body: answer.body)
    }
}

package import Foundation
package import Translation

/// One exchange as it went over the wire, without what is secret in the request: its token and its body.
package struct Exchange: Sendable {
    package var api: GuaranteeAPI
    package var method: String
    package var path: String
    /// The answer as it came. v2.0 may repeat an access code in it: what is stored or shown is `redacted`.
    package var outcome: Result<ExchangeResponse, TransportError>
    /// When the request was sent.
    package var sentAt: Date
    /// From then until the whole answer was there, or its absence was certain.
    package var duration: Duration
    /// Whose fault a 429 was; nil for other answers.
    package var throttleCause: ThrottleCause?

    package init(
        api: GuaranteeAPI, method: String, path: String, outcome: Result<ExchangeResponse, TransportError>,
        sentAt: Date,
        duration: Duration
    ) {
        self.api = api
        self.method = method
        self.path = path
        self.outcome = outcome
        self.sentAt = sentAt
        self.duration = duration
    }

    package var response: ExchangeResponse? { try? outcome.get() }

    /// The same with secrets masked in the body.
    ///
    /// - Parameter redaction: what else is to be hidden: the token and the access code that were sent may come back.
    package func redacted(by masker: Masker, _ redaction: Redaction = Redaction()) -> Exchange {
        guard case .success(var response) = outcome else { return self }
        response.body = masker.redacted(response.body, by: redaction)
        var exchange = self
        exchange.outcome = .success(response)
        return exchange
    }
}

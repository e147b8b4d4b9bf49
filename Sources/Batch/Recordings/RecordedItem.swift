package import Foundation
package import Translation

/// What a recording holds, piece by piece.
package enum RecordedItem: Sendable {
    case question(RecordedQuestion)
    case answer(RecordedAnswer)
    /// Another address, or the other version of the API (a browser's capture holds anything): counted, and no error.
    case foreign(source: String)
    /// What can't be used, and why. `noCounterpart` is what was understood and asks for something else than a balance.
    case unreadable(source: String, TranslationError)

    /// How a person finds it again.
    package var source: String {
        switch self {
        case .question(let question): question.source
        case .answer(let answer): answer.source
        case .foreign(let source), .unreadable(let source, _): source
        }
    }
}

/// A question about one guarantee that somebody once put.
package struct RecordedQuestion: Sendable {
    /// `archive/a.ndjson:12`, `query.xml`, `capture.har, entry 3`.
    package var source: String
    package var grn: GRN
    package var tin: String?
    /// Nil where the recording holds none, or the mask in its place.
    package var accessCode: AccessCode?
    /// When the question was put.
    package var at: Date?
    /// Names that its answers have among theirs.
    package var keys: [String]
}

/// An answer that one version once gave: a balance, a refusal, a pending answer or an error.
package struct RecordedAnswer: Sendable {
    /// As a question's.
    package var source: String
    /// A balance is of exactly one guarantee.
    package var message: BalanceMessage
    package var format: MessageFormat
    /// UTF-8: of an HTTP answer its body as it stood, else the message out of its envelope. It may repeat an access code:
    /// mask it before it is stored or shown.
    package var payload: [UInt8]
    /// An HTTP answer's.
    package var status: Int?
    /// An HTTP answer's.
    package var headers: HeaderFields
    /// The request's, where it was recorded too.
    package var method: String?
    /// The request's, behind the host and with its query.
    package var path: String?
    /// From the message, else from the request that it answers, else from the record's own field.
    package var grn: GRN?
    package var tin: String?
    /// When the answer was given: as the message says, else as the exchange says, else by its `Date` header.
    package var at: Date?
    /// How long the exchange took, where somebody measured.
    package var seconds: Double?
    /// Names by which its question, or a later answer to the same, can be found: `balance` and v1.0's balance id in lower
    /// case, or `conversation` and `reference` of the XML messages. A client that asks again finds its GRN so.
    package var keys: [String]
}

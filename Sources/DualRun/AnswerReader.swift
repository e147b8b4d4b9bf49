package import Comparison
package import Evidence
import Foundation
package import Translation

/// Reads answers out of evidence. A pair is judged by what was kept, so that a run that goes on judges as one that was
/// left alone.
///
/// One to a worker: it reuses its parsers' memory.
package struct AnswerReader {
    private let codec: ExchangeCodec
    private let translators: [MessageFormat: Translator]

    package init(_ codec: ExchangeCodec) {
        self.codec = codec
        translators = Dictionary(
            uniqueKeysWithValues: MessageFormat.allCases.map { format in
                var options = TranslationOptions(target: .v2JSON)
                options.source = format
                options.isLenient = true
                return (format, Translator(mappings: codec.mappings, masker: codec.masker, options: options))
            })
    }

    /// - Parameter grn: what was asked about: v1.0's answer does not name it.
    func outcome(_ outcome: EvidenceOutcome, about grn: String) -> SideOutcome {
        if let why = outcome.why { return .nothing(why: why) }
        guard let exchange = outcome.exchange else { return .nothing(why: "nothing is known of it") }
        if let cause = exchange.throttledBy {
            let whose = cause == "our-own-pacing" ? "this run" : "others with the same user or application"
            return .nothing(why: "throttled (429), by calls of \(whose)")
        }
        do {
            var answer = try compared(exchange)
            if answer.message.kind == .answer, answer.message.guarantees.count == 1,
                answer.message.guarantees[0].grn == nil
            {
                answer.message.guarantees[0].grn = GRN(grn)
            }
            return .message(answer, at: exchange.answeredAt)
        } catch {
            return .nothing(why: "the answer can't be read: \(error.message)")
        }
    }

    private func compared(_ exchange: EvidenceExchange) throws(TranslationError) -> ComparedMessage {
        let body = Array(exchange.body ?? Data())
        let format = MessageFormat(rawValue: exchange.format) ?? .v1JSON
        if let status = exchange.status {
            let response = ExchangeResponse(status: status, body: body)
            let message = try codec.message(in: response, of: format)
            guard format == .v2JSON else { return ComparedMessage(message) }
            // What is kept is masked already.
            return ComparedMessage(message, v2Body: try? JSONReader(duplicates: .keepLast).read(body))
        }
        guard let translator = translators[format] else { return ComparedMessage(BalanceMessage(kind: .query)) }
        let reading = try translator.read(Payload(body, isDecodedText: true))
        var compared = ComparedMessage(reading, masker: codec.masker)
        // A message of several guarantees is kept once for each.
        if let grn = exchange.grn, compared.message.guarantees.count > 1 {
            compared.message.guarantees.removeAll { $0.grn?.text != grn }
        }
        return compared
    }
}

extension EvidenceExchange {
    /// When the answer was there: seconds since 1970, by the run's own clock; nil where nobody knows.
    var answeredAt: Double? { sentAt.map { $0.timeIntervalSince1970 + (seconds ?? 0) } }
}

extension EvidenceMeaning {
    /// - Parameter table: which answers say nothing about a guarantee.
    package init(_ message: BalanceMessage, _ table: DifferenceTable) {
        self.init(
            kind: message.kind.rawValue, condition: message.condition?.name,
            balance: message.guarantees.first?.balance?.lexeme, currency: message.guarantees.first?.currency,
            isConclusive: table.inconclusive(message) == nil)
    }
}

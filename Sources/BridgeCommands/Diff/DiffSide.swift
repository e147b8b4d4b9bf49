import Batch
import Comparison
import Translation

/// One of two payloads that are compared: a message, or the answer of a recorded exchange.
struct DiffSide {
    var format: MessageFormat
    /// The mapping's name of the message; nil for an answer that was recorded with its request.
    var name: String?
    var compared: ComparedMessage

    var hub: BalanceMessage { compared.message }

    /// - Parameter format: nil where content tells.
    init(_ bytes: [UInt8], _ format: MessageFormat?, _ codec: ExchangeCodec) throws(TranslationError) {
        if let answer = Self.exchange(bytes, format, codec) {
            self = answer
            return
        }
        var options = TranslationOptions(target: .v2JSON)
        options.source = format
        options.isLenient = true
        let reading = try Translator(mappings: codec.mappings, masker: codec.masker, options: options)
            .read(Payload(bytes))
        if let problem = reading.remarks.first(where: { $0.severity == .error }) {
            throw TranslationError(.schema, at: problem.place, path: problem.path, problem.message)
        }
        self.format = reading.format
        name = reading.plan.message
        compared = ComparedMessage(reading, masker: codec.masker)
    }

    private init(format: MessageFormat, compared: ComparedMessage) {
        self.format = format
        self.compared = compared
    }

    /// The answer of an exchange: a request with its response, of whichever version its request is.
    private static func exchange(_ bytes: [UInt8], _ format: MessageFormat?, _ codec: ExchangeCodec) -> DiffSide? {
        for side in [RecordedSide.v1, .v2] {
            let reader = RecordingReader(
                side: side, mappings: codec.mappings, masker: codec.masker, options: InputOptions())
            let answers = reader.answers(in: bytes)
            guard answers.count == 1, let status = answers[0].status, answers[0].method != nil,
                format == nil || format == answers[0].format
            else { continue }
            var answer = answers[0]
            // v1.0's answer names no guarantee; the request that it came with does.
            if answer.message.guarantees.count == 1, answer.message.guarantees[0].grn == nil {
                answer.message.guarantees[0].grn = answer.grn
            }
            guard answer.format == .v2JSON else {
                return DiffSide(format: answer.format, compared: ComparedMessage(answer.message))
            }
            let response = ExchangeResponse(status: status, headers: answer.headers, body: answer.payload)
            return DiffSide(
                format: .v2JSON,
                compared: ComparedMessage(answer.message, v2Response: response, masker: codec.masker))
        }
        return nil
    }
}

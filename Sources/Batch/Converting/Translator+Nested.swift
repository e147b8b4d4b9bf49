package import Translation

extension Translator {
    /// Reads a payload's message; where the document is none, the message may be the text of one of its leaves.
    package func readNested(_ payload: Payload) throws(TranslationError) -> Reading {
        try readNested(try parse(payload))
    }

    func readNested(_ document: WireTree) throws(TranslationError) -> Reading {
        do {
            return try read(document)
        } catch {
            guard error.code == .unknownMessage,
                let nested = nestedPayload(
                    in: document, where: { PayloadDecoding.decode(Payload($0)).syntax != nil })
            else { throw error }
            var reading = try read(try parse(PayloadDecoding.decode(nested.payload)))
            reading.remarks.append(
                Remark(
                    .warning, code: "nested", path: nested.path, place: .none,
                    message: "is a text that holds the message: the document around it is not converted"))
            return reading
        }
    }
}

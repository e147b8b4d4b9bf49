package import Translation

extension Translator {
    /// Reads a payload's message; where the document is none, the message may be the text of one of its leaves.
    package func readNested(_ payload: Payload) throws(TranslationError) -> Reading {
        try readNested(try parse(payload))
    }

    func readNested(_ document: WireTree) throws(TranslationError) -> Reading {
        let reading: Reading
        do {
            reading = try read(document)
        } catch {
            guard error.code == .unknownMessage,
                let nested = nestedPayload(
                    in: document, where: { PayloadDecoding.decode(Payload($0)).syntax != nil })
            else { throw error }
            var reading = try read(try parse(PayloadDecoding.decode(nested.payload)))
            let container = nested.container
            reading.container = container
            reading.remarks.append(
                Remark(
                    .warning, code: "nested", path: container.tree.path(of: container.node),
                    place: container.tree.nodes[container.node].place,
                    message: "is a text that holds the message: the document around it goes to the remainder"))
            return reading
        }
        try refuseSecondMessage(beside: reading)
        return reading
    }

    /// A text that is a message itself would be lost beside the one that was found.
    private func refuseSecondMessage(beside reading: Reading) throws(TranslationError) {
        for node in reading.unlistedTexts {
            let payload = PayloadDecoding.decode(Payload(Array(reading.tree.textBytes(of: node)), isDecodedText: true))
            guard payload.syntax != nil, let second = try? read(try parse(payload)) else { continue }
            throw TranslationError(
                .unknownMessage, at: reading.tree.nodes[node].place, path: reading.tree.path(of: node),
                "is the second message in one record (\(second.plan.message)): each needs a record of its own")
        }
    }
}

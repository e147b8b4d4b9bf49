package import GuaranteeModel
package import Translation

/// A message that is to be compared: what it means, and its v2.0 form.
package struct ComparedMessage: Sendable {
    package var message: BalanceMessage
    /// The body as v2.0 wrote it, secrets masked; nil for messages of other formats, whose v2.0 form is what they become.
    package var v2Body: WireTree?

    package init(_ message: BalanceMessage, v2Body: WireTree? = nil) {
        self.message = message
        self.v2Body = v2Body
    }

    /// - Parameter response: the answer as it came, where it came from v2.0.
    package init(_ message: BalanceMessage, v2Response response: ExchangeResponse, masker: Masker) {
        self.init(message, v2Body: try? JSONReader(duplicates: .keepLast).read(masker.redacted(response.body)))
    }

    /// - Parameter reading: a message that was read from a file.
    package init(_ reading: Reading, masker: Masker) {
        var body: WireTree?
        if reading.format == .v2JSON {
            let node = reading.messageNodes[0]
            let bytes = JSONWriter.bytes(of: reading.tree, node: reading.tree.child("body", of: node) ?? node)
            body = try? JSONReader(duplicates: .keepLast).read(masker.redacted(bytes))
        }
        self.init(reading.hub, v2Body: body)
    }

    /// The body as v2.0 writes it: its own, or what the message becomes; nil where v2.0 can't say it, and for questions,
    /// which hold secrets.
    ///
    /// - Parameter grn: the GRN where the message names none.
    package func v2Form(_ codec: ExchangeCodec, grn: GRN?) -> WireTree? {
        guard message.kind != .query else { return nil }
        if let v2Body { return v2Body }
        var message = message
        if message.kind == .answer, message.guarantees.first?.grn == nil { message.guarantees[0].grn = grn ?? GRN("") }
        let response = try? codec.response(saying: message, in: .v2JSON, isLenient: true)
        return response.flatMap { try? JSONReader().read($0.body) }
    }
}

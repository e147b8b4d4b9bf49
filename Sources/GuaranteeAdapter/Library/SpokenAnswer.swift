import Translation

/// An answer in v1.0's JSON: what a message becomes where v1.0 has to say it.
struct SpokenAnswer {
    /// The HTTP status.
    var status: Int
    /// The message as it is read from v1.0's words.
    var message: BalanceMessage
    /// The members that all of v1.0's errors have; empty where there is no body.
    var code = ""
    var words = ""

    /// nil where v1.0 has no words for it.
    init?(_ message: BalanceMessage, _ codec: ExchangeCodec) {
        guard let answer = try? codec.response(saying: message, in: .v1JSON) else { return nil }
        status = answer.status
        self.message = (try? codec.message(in: answer, of: .v1JSON)) ?? message
        guard let body = try? JSONReader(duplicates: .keepLast).read(answer.body) else { return }
        func text(_ name: String) -> String { body.child(name, of: WireTree.root).map { body.text(of: $0) } ?? "" }
        code = text("code")
        words = text("message")
    }
}

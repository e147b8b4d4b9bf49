import GuaranteeConversion

/// An answer that this program stored in v1.0's days, and keeps in v2.0's terms from now on.
enum StoredAnswer {
    private static let stored = Array(
        """
        {"request":{"balanceId":"61406f5f-8a1c-4d2e-9b30-7f1845c2e6d1","taxIdentifier":"GB954131533000",\
        "guaranteeReference":"23GB0000010000854","requestedAt":"2021-09-14T09:52:15Z",\
        "completedAt":"2021-09-14T09:53:05Z",\
        "response":{"balance":12345678.90,"currency":"GBP","status":"SUCCESS"}}}
        """.utf8)

    static func lines() throws -> [String] {
        let converter = try GuaranteeConverter()
        let converted = try converter.convert(stored, to: .v2JSON)
        // Document and remainder are what to keep: together they are the old message, to the last zero.
        let back = try converter.convert(converted.document, to: .v1JSON, remainder: converted.remainder)
        return [
            String(decoding: converted.document, as: UTF8.self),
            "\(converted); what v2.0 has no place for: "
                + converted.readFindings.filter { $0.outcome == .lost }.map(\.path).joined(separator: ", "),
            "and back: " + (back.document == stored ? "the same" : "different"),
        ]
    }
}

package import Translation

/// How records are found in what is read.
package struct InputOptions: Sendable {
    /// The member or column that holds a record's message; nil for `payload`, or else `message`, which is what the
    /// toolkit itself writes.
    package var payloadField: String?
    /// The member or column that holds a record's id.
    package var idField: String
    /// The member or column that names the guarantee.
    package var grnField: String?
    /// Bytes of one message, or of one line or row; what is longer is skipped as it streams by.
    package var maximumMessageSize: Int
    /// Knows columns that hold secrets: rows under such a header that can't be read are not shown.
    package var masker: Masker?
    /// Where what is read stands in a larger input, of which it is a part.
    package var part: InputPart?
    /// How many times its own size a compressed input may grow to.
    package var maximumExpansion = 200

    package init(
        payloadField: String? = nil, idField: String = "id", grnField: String? = nil,
        maximumMessageSize: Int = 16 << 20
    ) {
        self.payloadField = payloadField
        self.idField = idField
        self.grnField = grnField
        self.maximumMessageSize = maximumMessageSize
    }

    /// The names that the payload may have, the likeliest first.
    var payloadFields: [String] { payloadField.map { [$0] } ?? ["payload", "message"] }
}

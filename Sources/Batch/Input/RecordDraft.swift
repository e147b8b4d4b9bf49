import Translation

/// A record as its container knows it.
struct RecordDraft {
    var line: Int?
    var id: [UInt8]?
    var grn: String?
    var payload: Payload
    var failure: TranslationError?

    init(line: Int? = nil, id: [UInt8]? = nil, grn: String? = nil, payload: Payload) {
        self.line = line
        self.id = id
        self.grn = grn
        self.payload = payload
    }

    /// A record without a message; of `bytes` only the beginning is kept.
    init(
        line: Int? = nil, id: [UInt8]? = nil, grn: String? = nil, failure: TranslationError,
        bytes: some Collection<UInt8>, isDecodedText: Bool = false
    ) {
        self.line = line
        self.id = id
        self.grn = grn
        self.failure = failure
        payload = Payload(Array(bytes.prefix(InputRecord.rejectSize)), isDecodedText: isDecodedText)
    }
}

extension TranslationError {
    static func tooLong(_ what: String, limit: Int) -> TranslationError {
        TranslationError(
            .tooLarge, at: Place(line: 1, column: 1, offset: 0),
            "\(what) is longer than \(limit) bytes: split it, or allow larger messages")
    }

    static func unreadable(_ fault: ReadFault) -> TranslationError {
        TranslationError(.unreadable, "can't be read: \(fault.message)")
    }
}

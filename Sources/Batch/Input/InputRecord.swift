package import Translation

/// One record: a message with what is known of it, or why there is none.
package struct InputRecord: Sendable {
    /// What the record stood in.
    package enum Container: Hashable, Sendable {
        /// The file is one message.
        case file
        /// One JSON object to a line: a record, or the message itself.
        case ndjson
        /// A row under a header.
        case csv
        /// Plain text with one message to a line.
        case lines
    }

    /// From 0; the reader counts within its file, and who reads several files counts over the whole run.
    package var number: Int
    package var file: InputFile
    package var container: Container
    /// The record's first line in its file, from 1; nil where the file is one message.
    package var line: Int?
    /// The id as JSON: a string with its quotes or a number, spelled as it was; nil where there is none.
    package var id: [UInt8]?
    package var grn: String?
    /// The message's bytes; where `failure` is set, what was there, cut to `InputRecord.rejectSize`.
    package var payload: Payload
    /// Why there is no message to convert. Its place is counted from the record's first byte.
    package var failure: TranslationError?

    package init(
        number: Int, file: InputFile, container: Container, line: Int? = nil, id: [UInt8]? = nil, grn: String? = nil,
        payload: Payload, failure: TranslationError? = nil
    ) {
        self.number = number
        self.file = file
        self.container = container
        self.line = line
        self.id = id
        self.grn = grn
        self.payload = payload
        self.failure = failure
    }

    /// How many bytes of a failed record are kept: one more than is shown, so that a cut can be told.
    package static let rejectSize = (64 << 10) + 1
}

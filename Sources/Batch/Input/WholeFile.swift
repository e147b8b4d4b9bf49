import Translation

/// The record of a file that is one message.
enum WholeFile {
    /// Reads the file; of one beyond the limit no more than that.
    static func read(_ input: inout PeekedInput, limit: Int) -> RecordDraft {
        var bytes: [UInt8] = []
        do {
            while bytes.count <= limit {
                let chunk = try input.next()
                if chunk.isEmpty { return record(bytes) }
                if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
            }
        } catch {
            return RecordDraft(failure: .unreadable(error), bytes: bytes)
        }
        return RecordDraft(
            failure: .tooLong("the message", limit: limit), bytes: bytes.prefix(min(limit, InputRecord.rejectSize)))
    }

    private static func record(_ bytes: [UInt8]) -> RecordDraft {
        let marks: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0x00]
        guard bytes.contains(where: { !$0.isWhiteSpace && !marks.contains($0) }) else {
            let failure = TranslationError(
                .unknownMessage, at: Place(line: 1, column: 1, offset: 0), "the file is empty: take it out, or fill it")
            return RecordDraft(failure: failure, bytes: bytes)
        }
        return RecordDraft(payload: Payload(bytes))
    }
}

import Translation

/// The entries of an HTTP Archive (HAR 1.2), as browsers and proxies write them, one after another: one is held at a time,
/// however large the capture is. Archives may stand one behind the other.
struct HAREntries {
    enum Part {
        /// An entry by its number, from 1.
        case entry(Int, Result<[UInt8], TranslationError>)
        /// Why no more entries can be had.
        case failure(TranslationError)
    }

    /// Bytes of one entry: answers with pictures and scripts in them are passed over, and should not be too large for it.
    static let entryLimit = 512 << 20

    private var cursor: JSONCursor
    private let limit: Int
    /// How many objects are open: the archive, its log.
    private var depth = 0
    private var isInEntries = false
    private var hasEntries = false
    private var isFinished = false
    private var number = 0

    init(_ window: TextWindow, limit: Int = entryLimit) {
        cursor = JSONCursor(window)
        self.limit = limit
    }

    // MARK: - Telling

    /// What an archive's log may begin with.
    private static let members = ["version", "creator", "browser", "pages", "entries", "comment"]

    /// Whether a text begins as an archive does, in UTF-8 or UTF-16: with a log that has an archive's members.
    static func begin(_ head: [UInt8]) -> Bool {
        let encoding = TextEncoding(of: head)
        var text = head[encoding.markSize...]
        if var decoder = encoding.decoder {
            var decoded: [UInt8] = []
            decoder.decode(text.prefix(4096), into: &decoded)
            text = decoded[...]
        }
        for mark in ["{", "\"log\"", ":", "{", "\""] {
            text = text.drop { $0.isWhiteSpace }
            guard text.starts(with: mark.utf8) else { return false }
            text = text.dropFirst(mark.utf8.count)
        }
        return text.first == UInt8(ascii: "_") || members.contains { text.starts(with: "\($0)\"".utf8) }
    }

    // MARK: - Reading

    /// The next part; nil behind the last.
    mutating func next() -> Part? {
        guard !isFinished else { return nil }
        do throws(TranslationError) {
            while true {
                if !isInEntries, try !findEntries() { break }
                isInEntries = true
                hasEntries = true
                if let part = try nextEntry() { return part }
                isInEntries = false
            }
            isFinished = true
            return hasEntries ? nil : .failure(TranslationError(.unknownMessage, "is an HTTP Archive without entries"))
        } catch {
            isFinished = true
            return .failure(error)
        }
    }

    /// Goes to the first entry; false at the end of the input.
    private mutating func findEntries() throws(TranslationError) -> Bool {
        while true {
            guard let byte = try cursor.peek() else {
                if depth == 0 { return false }
                throw cutOff
            }
            switch byte {
            case UInt8(ascii: "{") where depth == 0:
                cursor.advance()
                depth = 1
            case UInt8(ascii: "}") where depth > 0:
                cursor.advance()
                depth -= 1
            case UInt8(ascii: ",") where depth > 0: cursor.advance()
            case UInt8(ascii: "\"") where depth > 0:
                if try enterMember() { return true }
            default: throw malformed
            }
        }
    }

    /// Passes over a member, or enters it: the log, or the list of entries, of which it tells.
    private mutating func enterMember() throws(TranslationError) -> Bool {
        guard case .text(let name) = try cursor.value(atMost: 4096) else { throw cutOff }
        guard try cursor.peek() == UInt8(ascii: ":") else { throw malformed }
        cursor.advance()
        let first = try cursor.peek()
        if depth == 1, name.elementsEqual("\"log\"".utf8), first == UInt8(ascii: "{") {
            cursor.advance()
            depth = 2
            return false
        }
        if depth == 2, name.elementsEqual("\"entries\"".utf8), first == UInt8(ascii: "[") {
            cursor.advance()
            return true
        }
        if case .cutOff = try cursor.value(atMost: 0) { throw cutOff }
        return false
    }

    /// The next entry; nil behind the last of the list.
    private mutating func nextEntry() throws(TranslationError) -> Part? {
        while true {
            switch try cursor.peek() {
            case nil: throw cutOff
            case UInt8(ascii: ",")?: cursor.advance()
            case UInt8(ascii: "]")?:
                cursor.advance()
                return nil
            default:
                switch try cursor.value(atMost: limit) {
                case .text(let text):
                    guard !text.isEmpty else { throw malformed }
                    number += 1
                    return .entry(number, .success(text))
                case .tooLong:
                    number += 1
                    return .entry(number, .failure(.tooLong("the entry", limit: limit)))
                case .cutOff: throw cutOff
                }
            }
        }
    }

    private var cutOff: TranslationError {
        TranslationError(
            .malformedJSON, "the HTTP Archive ends behind entry \(number), where more was due: save all of it")
    }

    private var malformed: TranslationError {
        TranslationError(
            .malformedJSON, "the HTTP Archive is no JSON behind entry \(number): nothing was read from there on")
    }
}

import GuaranteeModel

/// One mapping file: a message, how it is recognised, and a rule for each leaf (design section 3).
struct MappingFile: Sendable {
    /// Which message a file is for: what must, must not, or must equally stand in it.
    struct Recognition: Sendable {
        /// Leaves or groups that must be there.
        var has: [FieldPath] = []
        /// Leaves or groups that must not be there.
        var hasNot: [FieldPath] = []
        /// Leaves whose text must match: `*` stands for anything.
        var match: [(leaf: FieldPath, pattern: Wildcard)] = []
        /// A node that must be absent, null or without content.
        var empty: FieldPath?
        /// The leaves that must spell a known condition: status, code, message.
        var spelling: [String: FieldPath] = [:]
    }

    /// A value of the hub that the format can hold.
    struct Acceptance: Sendable {
        var field: HubField
        var pattern: Pattern
        var why: String
    }

    /// When the message is written.
    enum Use: Sendable, Equatable {
        /// Whenever its kind is.
        case always
        /// In these of v1.0's forms: `post`, `get`.
        case forms([String])
        /// Where a row of the table of conditions names it.
        case named
        /// Where a remainder brings it back.
        case never
    }

    /// What the message means: a kind, or what its condition says.
    enum Meaning: Sendable {
        case kind(BalanceMessage.Kind)
        case condition
    }

    /// The leaves by which a query and its answer find each other (contract section 6).
    struct Pairing: Sendable {
        /// In a query: what its answer names.
        var query: String?
        /// In an answer: the query's.
        var answers: String?
        /// In a query its message's own identifier; in a rejection that of the query.
        var reference: String?
    }

    var file: String
    var message: String
    var format: MessageFormat
    var revision: Int
    var title: String
    var schema: String
    /// Where a message may begin in its schema: the whole exchange, or a part of it that is stored alone.
    var roots: [String]
    var meaning: Meaning
    var condition: Condition?
    var use: Use
    var lists: [String: HubList]
    var pairing: Pairing
    var recognitions: [Recognition]
    var acceptances: [Acceptance]
    var rules: [(leaf: String, rule: Rule, line: Int?)]
}

/// A text in which `*` stands for any characters.
struct Wildcard: Sendable {
    let text: String
    private let parts: [[UInt8]]

    init(_ text: String) {
        self.text = text
        parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    func matches(_ text: ArraySlice<UInt8>) -> Bool {
        guard parts.count > 1, let first = parts.first, let last = parts.last else {
            return text.elementsEqual(parts[0])
        }
        guard text.count >= first.count + last.count, text.starts(with: first),
            text.suffix(last.count).elementsEqual(last)
        else { return false }
        var rest = text.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }

    func matches(_ text: String) -> Bool { matches(Array(text.utf8)[...]) }

    /// The text with what `*` stands for replaced.
    func replacing(with replacement: String) -> String {
        parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: replacement)
    }
}

import GuaranteeModel

/// What a mapping file says about one leaf: how it goes to the hub and back, and where its value comes from when the hub
/// has none. The operators are few and each can be undone.
struct Rule: Sendable {
    /// How a leaf's text and a hub field's text belong together.
    enum Binding: Sendable {
        /// The same text.
        case move(HubField)
        /// The same number; the spelling is kept where the target can hold it.
        case amount(HubField)
        /// The same integer, written with at least so many digits.
        case integer(HubField, digits: Int)
        /// The date of a point in time: yyyyMMdd.
        case date(HubField)
        /// The time of day of a point in time: HHmm.
        case time(HubField)
        /// A point in time: ISO 8601 in UTC with seconds.
        case timestamp(HubField)
        /// A text around the value.
        case template(prefix: String, suffix: String, HubField)
        /// Another name for what is written elsewhere: read, never written.
        case alias(HubField)
        /// A condition's words: its status, code or message, in the spelling of the format.
        case spelling(HubField)

        var field: HubField {
            switch self {
            case .move(let field), .amount(let field), .integer(let field, _), .date(let field), .time(let field),
                .timestamp(let field), .template(_, _, let field), .alias(let field), .spelling(let field):
                field
            }
        }

        var isWritten: Bool {
            if case .alias = self { false } else { true }
        }
    }

    /// Where a value comes from that the hub does not hold.
    enum Source: Sendable {
        /// The context file's value of this name.
        case context(String)
        /// A generator.
        case generator(Generator)
        /// This text, always.
        case constant(String)
    }

    /// When a leaf's value is a secret, or a tax identifier.
    struct Secret: Sendable {
        /// The leaf beside it that tells, and what it says then; nil: always.
        var witness: (name: String, says: Wildcard)?
    }

    var binding: Binding?
    /// Tried in this order where nothing is bound or the hub has no value.
    var sources: [Source] = []
    /// That the leaf holds a secret: masked everywhere but in the message itself.
    var secret: Secret?
    /// That the leaf holds a tax identifier: evidence keeps a pseudonym in its place. What moves the hub's `tin` does.
    var identifier: Secret?
    /// Whether a message that is written must have the leaf, though the schema lets it be absent.
    var isRequired = false
    /// Why a message without the leaf has no counterpart; nil where the leaf may be supplied.
    var absence: String?
    /// Why a message whose leaf is not the constant has no counterpart.
    var otherwise: String?
    /// The rule in the mapping language's own words, for findings.
    var description = "drop"
}

/// The named generators of what nobody can know. Each gives one value per message, however often it is used.
package enum Generator: String, Sendable, CaseIterable {
    /// A unique reference: 14 base-36 characters.
    case reference
    /// The same, for the query that is answered.
    case queryReference = "query-reference"
    /// `MDTP-GUA-` and the first 12 bytes of the balance id in hexadecimal.
    case balanceReference = "balance-reference"
}

import GuaranteeModel

/// Where a hub's value came from.
enum Provenance: Sendable {
    /// From the message that was read.
    case message
    /// From the remainder.
    case remainder
    /// From the context, the record or the query that the answer belongs to.
    case supplied
    /// From the clock or the generator.
    case synthesised
    /// From the table of conditions.
    case table
}

/// What a record's surroundings know when its message does not: in the order of design section 3 the remainder, a field
/// of the record, the query that the answer belongs to, and the context.
package struct Supply: Sendable {
    /// The hub of the message that the remainder belongs to, as far as the remainder knows it.
    var remainder: BalanceMessage?
    /// The GRN that a member of the record names.
    package var recordGRN: String?
    /// What the query says that the answer belongs to.
    package var pairedGRN: String?
    package var pairedTIN: String?
    package var pairedRequestedAt: String?
    package var context: TranslationContext
    /// The record's number in its input: what generated identifiers depend on.
    package var record: Int

    package init(context: TranslationContext = TranslationContext(), record: Int = 0) {
        self.context = context
        self.record = record
    }

    /// Whether nothing is known but what the message says itself.
    var isSilent: Bool { voices.isEmpty && context.isEmpty }

    /// What tells something of this very record.
    struct Voices: OptionSet {
        let rawValue: UInt8

        static let recordGRN = Voices(rawValue: 1)
        static let pairedGRN = Voices(rawValue: 2)
        static let pairedTIN = Voices(rawValue: 4)
        static let pairedRequestedAt = Voices(rawValue: 8)
        static let remainder = Voices(rawValue: 16)
    }

    var voices: Voices {
        var voices: Voices = []
        if recordGRN != nil { voices.insert(.recordGRN) }
        if pairedGRN != nil { voices.insert(.pairedGRN) }
        if pairedTIN != nil { voices.insert(.pairedTIN) }
        if pairedRequestedAt != nil { voices.insert(.pairedRequestedAt) }
        if remainder != nil { voices.insert(.remainder) }
        return voices
    }

    /// Whether what is known of a field is the same for all messages of a run that do not say it, where no more voices speak.
    func isCommon(_ field: HubField) -> Bool {
        if field == .balanceID || remainder != nil || field.contextName.map(context.dependsOnGRN) ?? false {
            return false
        }
        return switch field {
        case .grn: recordGRN == nil && pairedGRN == nil
        case .tin: pairedTIN == nil
        case .requestedAt: pairedRequestedAt == nil
        default: true
        }
    }

    func value(_ field: HubField, _ index: Int, in hub: BalanceMessage) -> (text: String, from: Provenance)? {
        if let text = hub[field, index] { return (text, .message) }
        return told(field, index, grn: value(.grn, index, in: hub)?.text)
    }

    /// What is known of a field that the message does not say.
    ///
    /// - Parameter grn: the guarantee's, wherever it comes from.
    func told(
        _ field: HubField, _ index: Int, grn: @autoclosure () -> String?
    ) -> (text: String, from: Provenance)? {
        if let text = remainder?[field, index] { return (text, .remainder) }
        switch field {
        case .grn:
            if let text = recordGRN ?? pairedGRN { return (text, .supplied) }
        case .tin:
            if let text = pairedTIN { return (text, .supplied) }
        case .requestedAt:
            if let text = pairedRequestedAt { return (text, .supplied) }
        default: break
        }
        if let name = field.contextName,
            let text = context.value(name, grn: field == .grn || !context.dependsOnGRN(name) ? nil : grn())
        {
            return (text, .supplied)
        }
        return synthesised(field, index).map { ($0, .synthesised) }
    }

    private func synthesised(_ field: HubField, _ index: Int) -> String? {
        guard case .fixed(let now)? = context.clock else { return nil }
        switch field {
        case .requestedAt, .completedAt: return now
        case .balanceID:
            guard var generator = generator(part: index),
                let second = context.settlement?.second ?? PointInTime.epochSecond(of: now)
            else {
                return nil
            }
            return generator.balanceID(epochSecond: second)
        default: return nil
        }
    }

    /// - Parameter part: which of the messages that the record becomes.
    func generator(part: Int) -> IdentifierGenerator? {
        guard case .seeded(let seed)? = context.identifiers else { return nil }
        return IdentifierGenerator(seed: seed, record: record, part: part)
    }
}

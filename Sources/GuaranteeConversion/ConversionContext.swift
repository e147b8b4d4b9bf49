public import Foundation
import Translation

/// What a message can't tell and its owner can. A message that needs what is not told is refused: nothing is invented
/// silently (design section 3).
///
/// ```swift
/// var context = ConversionContext()
/// context[.tin] = "GB954131533000"
/// context[.guaranteeType, of: "23GB0000010000854"] = "0"
/// context.time = .now
/// ```
public struct ConversionContext: Sendable {
    /// What can be told. The raw values are the names that context files use (`docs/convert.md`).
    public enum Name: String, Sendable, CaseIterable {
        /// The trader's tax identifier (TIN, EORI): 1 to 17 letters or digits.
        case tin
        /// The guarantee (GRN) of a message that names none.
        case grn
        /// 0, 1, 2, 4 or 9 (contract section 2).
        case guaranteeType
        /// Three capital letters; v2.0's answers before April 2023 name none.
        case currency
        /// When the guarantee was accepted: yyyyMMdd.
        case accessDate
        /// Who sent a query, and got its answer, in the words of NCTS4's header.
        case sender
        /// Who got a query, and sent its answer.
        case receiver
        /// The office of guarantee; `GB000001` is assumed.
        case office
        /// Which message a rejection in XML rejects.
        case originalMessage
        /// What a `CD037A` has beside the balance; 0 is assumed.
        case exposure, exposureCount, monitoringCode
        /// UTC: `2021-09-14T09:52:15Z`.
        case requestedAt, completedAt
        /// A UUID.
        case balanceID = "balanceId"
    }

    /// The time for messages that must tell one; nil: such a message is refused.
    public var time: Date?
    /// What identifiers are made from where a message must have one: the same ones for the same seed, so another for each
    /// message. nil: such a message is refused.
    public var seed: UInt64?
    private var values = TranslationContext()

    public init() {}

    /// The value for all guarantees that have none of their own.
    public subscript(name: Name) -> String? {
        get { values[name.rawValue, nil] }
        set { values[name.rawValue, nil] = newValue }
    }

    /// The value for one guarantee.
    public subscript(name: Name, of grn: String) -> String? {
        get { values[name.rawValue, grn] }
        set { values[name.rawValue, grn] = newValue }
    }

    var settled: TranslationContext {
        var context = values
        context.clock = time.map { .fixed($0.formatted(.iso8601)) }
        context.identifiers = seed.map { .seeded($0) }
        return context
    }
}

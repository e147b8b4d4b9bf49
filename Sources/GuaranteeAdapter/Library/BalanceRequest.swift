/// A question as v1.0 took it: how much is left of this guarantee? (contract section 3.1)
public struct BalanceRequest: Sendable {
    /// The holder's tax identifier (TIN, EORI): 1 to 17 letters or digits. v2.0 does not ask for it: it is checked against
    /// `AdapterOptions.holders` alone.
    public var tin: String
    /// The GRN: 1 to 24 letters or digits, as it is spelled.
    public var grn: String
    /// Four letters or digits. A secret: it prints as `****`.
    public var accessCode: AccessCode

    public init(tin: String, grn: String, accessCode: AccessCode) {
        self.tin = tin
        self.grn = grn
        self.accessCode = accessCode
    }
}

/// What a request was answered, as v1.0 answered (contract sections 3.1 and 3.4).
public enum BalanceResponse: Sendable, Equatable {
    /// How much is left.
    case success(Balance)
    /// The guarantee management system's reasons to refuse; never empty.
    case functionalErrors([FunctionalError])
    /// No answer within `AdapterOptions.answerWithin`: ask for it with `GuaranteeAdapter.state(of:)`.
    case pending(BalanceID)
}

/// How much is left of a guarantee.
public struct Balance: Sendable, Equatable {
    /// The amount, exact and as v2.0 spelled it: `12345678.90` stays so.
    public var amount: Amount
    /// Three capital letters; nil where v2.0 told none, as before April 2023.
    public var currency: String?

    public init(amount: Amount, currency: String? = nil) {
        self.amount = amount
        self.currency = currency
    }
}

/// v1.0's name for a request that is answered later: a version 4 UUID (contract section 3.2).
public struct BalanceID: Sendable, Hashable, CustomStringConvertible {
    /// The UUID: `22b9899e-24ee-48e6-a189-97d1f45391c4`, in either case.
    public let text: String

    /// An id that a program has kept.
    public init(_ text: String) {
        self.text = text
    }

    public var description: String { text }
}

/// What became of a request (contract section 3.2).
public struct BalanceRequestState: Sendable, Equatable {
    public var id: BalanceID
    /// The tax identifier that the request named.
    public var tin: String
    /// The GRN that the request named, as it was spelled.
    public var grn: String
    /// UTC, with no or three digits of a fraction: `2021-09-14T09:52:15Z`.
    public var requestedAt: String
    /// As `requestedAt`; nil while it is pending.
    public var completedAt: String?
    /// nil while it is pending.
    public var response: BalanceResponse?

    public init(
        id: BalanceID, tin: String, grn: String, requestedAt: String, completedAt: String? = nil,
        response: BalanceResponse? = nil
    ) {
        self.id = id
        self.tin = tin
        self.grn = grn
        self.requestedAt = requestedAt
        self.completedAt = completedAt
        self.response = response
    }
}

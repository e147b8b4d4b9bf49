/// What one message of a guarantee balance exchange means, whatever format it came in (design section 2).
///
/// Which parts are set depends on the kind: a query has guarantees with a GRN and an access code, an answer has
/// guarantees with a balance, a refusal and a service error have a condition and the words in which it was said.
public struct BalanceMessage: Equatable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// How much is left of these guarantees? (`CD034A`, v1.0's and v2.0's `POST`)
        case query
        /// This much. (`CD037A`, 200)
        case answer
        /// The question can't be answered as it was put. (`CD906A`, 400, 404)
        case refusal
        /// v1.0 has no answer yet. (202)
        case pending
        /// What became of a pending answer? (v1.0's `GET`)
        case stateQuery
        /// The service could not or would not deal with the question. (`CC917A`, 401, 403, 406, 410, 429, 5xx)
        case serviceError
    }

    public var kind: Kind
    /// The tax identifier (TIN, EORI) of the trader who asks: 1 to 17 letters or digits. v2.0 does not have it.
    public var tin: String?
    /// v1.0's identifier of a balance request: a UUID.
    public var balanceID: String?
    /// When the question was put: UTC, `2021-09-14T09:52:15.123Z`, as exact as the format told it.
    public var requestedAt: String?
    /// When the answer was given: as `requestedAt`.
    public var completedAt: String?
    /// The guarantees that are asked about or answered for; v2.0 and v1.0's JSON have one to a message.
    public var guarantees: [Guarantee] = []
    /// What a refusal or a service error means: a row of the table of error correspondence.
    public var condition: Condition?
    /// NCTS's functional errors.
    public var reasons: [FunctionalError] = []
    /// v1.0's complaints about the values of fields (`BAD_REQUEST`).
    public var valueErrors: [ValueError] = []
    /// v1.0's complaints about the shape of the JSON (`INVALID_REQUEST_JSON`).
    public var shapeErrors = ShapeErrors()
    /// The words of an HTTP error.
    public var error = ErrorWords()

    public init(kind: Kind) {
        self.kind = kind
    }
}

/// One guarantee of a query or an answer.
public struct Guarantee: Equatable, Sendable {
    public var grn: GRN?
    /// Queries only.
    public var accessCode: AccessCode?
    /// 0 waiver, 1 comprehensive, 2 individual by guarantor, 4 voucher, 9 individual with multiple usage.
    public var type: String?
    /// What is left of the guarantee.
    public var balance: Amount?
    /// The balance's currency: three capital letters.
    public var currency: String?

    public init(grn: GRN? = nil) {
        self.grn = grn
    }
}

/// One of NCTS's functional errors (contract section 3.4).
public struct FunctionalError: Equatable, Sendable {
    /// The error type without leading zeros: 12, 14, 26 …
    public var type: String?
    /// What it is about, in NCTS's own notation: `GRR(1).ACC(1).Access code`.
    public var pointer: String?
    /// The reason's code, as `R261`, or a text.
    public var text: String?

    public init(type: String? = nil, pointer: String? = nil, text: String? = nil) {
        self.type = type
        self.pointer = pointer
        self.text = text
    }
}

/// One of v1.0's complaints about the value of a field (contract section 3.1).
public struct ValueError: Equatable, Sendable {
    public var code: String?
    public var message: String?
    public var reason: String?
}

/// v1.0's complaints about the shape of the JSON, by the member that they are about (contract section 3.1).
public struct ShapeErrors: Equatable, Sendable {
    public var tin: [String] = []
    public var grn: [String] = []
    public var accessCode: [String] = []

    public init() {}
}

/// The words of an HTTP error, as far as the message told them.
public struct ErrorWords: Equatable, Sendable {
    public var status: String?
    public var code: String?
    public var message: String?
    /// The path that was asked for (the framework's 404).
    public var requested: String?

    public init(status: String? = nil, code: String? = nil, message: String? = nil, requested: String? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.requested = requested
    }
}

/// What a refusal or a service error means: the name of a row in `mappings/tables/conditions.yaml`.
public struct Condition: Hashable, Sendable, CustomStringConvertible {
    public let name: String

    public init(_ name: String) {
        self.name = name
    }

    public var description: String { name }
}

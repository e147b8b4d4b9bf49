import GuaranteeClients

/// How an adapter answers.
public struct AdapterOptions: Sendable {
    /// How long `submit` waits before it answers `pending`: v1.0's 15 seconds.
    public var answerWithin = Duration.seconds(15)
    /// How long a pending request can be asked about: v1.0's hour.
    public var keepFor = Duration.seconds(3600)
    /// How long an answer is given again to the same question; zero, as v1.0 had it: never.
    public var reuseWithin = Duration.zero
    /// Who owns which guarantee: pairs of GRN and TIN, several where a guarantee has several holders. v1.0 refused a
    /// question about somebody else's guarantee, and v2.0 does not: **without this list, whoever knows an access code
    /// learns the balance, whatever tax identifier they name**. Guarantees that are not listed are not checked.
    public var holders: [(grn: String, tin: String)] = []

    public init() {}
}

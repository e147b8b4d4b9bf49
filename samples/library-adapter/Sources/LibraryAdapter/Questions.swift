import GuaranteeAdapter

/// HMRC's published test guarantees: the same in its sandbox and in `nctsbridge simulate`.
enum Questions {
    /// The trader that this program asks for.
    static let tin = "GB954131533000"

    /// Whose some of the guarantees are. v1.0 knew, and v2.0 does not ask.
    static let holders = [
        (grn: "23GB0000010000854", tin: tin), (grn: "22XI00000100002X7", tin: "XI195624547845"),
    ]

    static let all: [(what: String, request: BalanceRequest)] = [
        ("a waiver", question("23GB0000010000854")),
        ("a comprehensive guarantee", question("23GB0000010000863")),
        ("one with multiple usage", question("23GB0000010000872")),
        ("a waiver in Northern Ireland", question("23XI0000010000655")),
        ("the first again, too soon", question("23GB0000010000854")),
        ("a guarantee that there is not", question("23GB0000010000873")),
        ("a wrong access code", question("23XI0000010000664", accessCode: "AC00")),
        ("an access code that is none", question("23XI0000010000664", accessCode: "AC-01")),
        ("somebody else's guarantee", question("22XI00000100002X7")),
    ]

    private static func question(_ grn: String, accessCode: String = "AC01") -> BalanceRequest {
        BalanceRequest(tin: tin, grn: grn, accessCode: AccessCode(accessCode))
    }
}

import Translation

/// HMRC's published test data (contract sections 3.3 and 4).
enum PublishedData {
    static let guarantees: [SimulatedGuarantee] = [
        guarantee("22GB0000010000313", holder: "GB954131533000", type: "1", "50000"),
        guarantee("22XI00000100002X7", holder: "XI195624547845", type: "1", "30000"),
        guarantee("23GB0000010000854", type: "0", "262626"),
        guarantee("23GB0000010000863", type: "1", "10000"),
        guarantee("23GB0000010000872", type: "9", "90000"),
        guarantee("23XI0000010000655", type: "0", "30000"),
        guarantee("23XI0000010000664", type: "1", "50000"),
    ].compactMap(\.self)

    private static func guarantee(
        _ grn: String, holder: String? = nil, type: String, _ balance: String
    ) -> SimulatedGuarantee? {
        Amount(balance).map {
            SimulatedGuarantee(grn: grn, holder: holder, accessCode: "AC01", type: type, balance: $0, currency: "GBP")
        }
    }
}

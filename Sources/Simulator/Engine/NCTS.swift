import Translation

/// What NCTS finds wrong with a question (contract sections 3.3 and 3.4).
enum NCTS {
    static let queryLimit = FunctionalError(type: "26", pointer: "RC1.TIN")

    private static let eori = FunctionalError(type: "12", pointer: "RC1.TIN")
    private static let mismatch = FunctionalError(type: "12", pointer: "GRR(1).OTG(1).TIN")
    private static let grn = FunctionalError(type: "12", pointer: "GRR(1).Guarantee reference number (GRN)")
    private static let accessCode = FunctionalError(type: "12", pointer: "GRR(1).ACC(1).Access code")
    private static let guaranteeType = FunctionalError(
        type: "14", pointer: "GRR(1).GQY(1).Query identifier", text: "R261")

    /// The functional errors that a question gets; none where it gets a balance.
    static func errors(
        eori text: String, guarantee asked: Guarantee, known: [String: SimulatedGuarantee], eoris: Set<String>
    ) -> [FunctionalError] {
        // An EORI is looked up where the guarantee is kept: GB knows none of XI's.
        let isKnown = eoris.contains(text) && !(text.hasPrefix("XI") && asked.grn?.country == "GB")
        guard let guarantee = asked.grn.flatMap({ known[$0.text] }) else {
            return isKnown ? [grn, mismatch, accessCode] : [eori, mismatch, queryLimit]
        }
        var errors: [FunctionalError] = []
        if let holder = guarantee.holder, holder != text {
            guard isKnown else { return [eori, mismatch, queryLimit] }
            errors.append(mismatch)
        }
        if guarantee.accessCode != asked.accessCode?.secret { errors.append(accessCode) }
        guard errors.isEmpty else { return errors }
        return ["0", "1", "9"].contains(guarantee.type) ? [] : [guaranteeType]
    }
}

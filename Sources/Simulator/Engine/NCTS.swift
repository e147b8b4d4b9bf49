import Translation

/// What NCTS finds wrong with a question (contract sections 3.3 and 3.4).
enum NCTS {
    /// The functional errors that a question gets; none where it gets a balance.
    static func errors(
        eori text: String, guarantee asked: Guarantee, known: [String: SimulatedGuarantee], eoris: Set<String>
    ) -> [FunctionalError] {
        // An EORI is looked up where the guarantee is kept: GB knows none of XI's.
        let isKnown = eoris.contains(text) && !(text.hasPrefix("XI") && asked.grn?.country == "GB")
        guard let guarantee = asked.grn.flatMap({ known[$0.text] }) else {
            return isKnown
                ? [.unknownGRN, .holderMismatch, .wrongAccessCode] : [.unknownEORI, .holderMismatch, .queryLimit]
        }
        var errors: [FunctionalError] = []
        if let holder = guarantee.holder, holder != text {
            guard isKnown else { return [.unknownEORI, .holderMismatch, .queryLimit] }
            errors.append(.holderMismatch)
        }
        if guarantee.accessCode != asked.accessCode?.secret { errors.append(.wrongAccessCode) }
        guard errors.isEmpty else { return errors }
        return ["0", "1", "9"].contains(guarantee.type) ? [] : [.guaranteeType]
    }
}

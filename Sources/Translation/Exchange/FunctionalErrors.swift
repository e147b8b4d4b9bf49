package import GuaranteeModel

/// What NCTS found wrong with a question, in its own notation (contract sections 3.3 and 3.4).
extension FunctionalError {
    /// The EORI is unknown.
    package static let unknownEORI = FunctionalError(type: "12", pointer: "RC1.TIN")
    /// The EORI does not own the guarantee.
    package static let holderMismatch = FunctionalError(type: "12", pointer: "GRR(1).OTG(1).TIN")
    package static let unknownGRN = FunctionalError(type: "12", pointer: "GRR(1).Guarantee reference number (GRN)")
    package static let wrongAccessCode = FunctionalError(type: "12", pointer: "GRR(1).ACC(1).Access code")
    package static let guaranteeType = FunctionalError(
        type: "14", pointer: "GRR(1).GQY(1).Query identifier", text: "R261")
    /// The EORI's questions of a day are used up, or it is unknown.
    package static let queryLimit = FunctionalError(type: "26", pointer: "RC1.TIN")

    /// The same about another guarantee of a message that asks about several: they count from 0 here, and from 1 there.
    package func about(_ number: Int) -> FunctionalError {
        guard number > 0, let pointer, pointer.hasPrefix("GRR(1)") else { return self }
        var error = self
        error.pointer = "GRR(\(number + 1))" + pointer.dropFirst("GRR(1)".count)
        return error
    }
}

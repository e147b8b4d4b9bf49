import Translation

/// Who owns which guarantee, as far as a list tells: v1.0 looked it up, and v2.0 does not ask (contract section 3.4).
package struct Holders: Sendable {
    private var holders: [String: Set<String>] = [:]
    private var known: Set<String> = []

    package init() {}

    /// How many guarantees the list names.
    package var count: Int { holders.count }

    package mutating func add(grn: String, tin: String) {
        holders[grn, default: []].insert(tin)
        known.insert(tin)
    }

    /// The functional errors that v1.0 gave where the list contradicts a question; none where it agrees, or knows nothing
    /// of the guarantee. An EORI that the list knows at no other guarantee is unknown, as one of XI is at one of GB.
    func errors(tin: String, grn: GRN, number: Int) -> [FunctionalError] {
        guard let owners = holders[grn.text], !owners.contains(tin) else { return [] }
        let isKnown = known.contains(tin) && !(tin.hasPrefix("XI") && grn.country == "GB")
        let errors: [FunctionalError] = isKnown ? [.holderMismatch] : [.unknownEORI, .holderMismatch, .queryLimit]
        return errors.map { $0.about(number) }
    }
}

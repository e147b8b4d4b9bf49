/// The kinds of guarantees that a verdict looks at one by one (design section 6): evidence of one says little of another.
package enum Strata {
    /// The strata of a question: its country, and the guarantee's type where the question list tells it.
    package static func of(country: String?, guaranteeType: String?) -> [String] {
        [country.map { "country \($0)" }, guaranteeType.map { "type \($0)" }].compactMap(\.self)
    }
}

/// One way in which two messages differ.
package struct Difference: Equatable, Sendable {
    /// What differs.
    package enum Aspect: String, Sendable, CaseIterable {
        /// An answer, a refusal, an error …
        case kind
        /// What a refusal or an error means.
        case condition
        case grn
        /// A question's tax identifier.
        case tin
        /// A question's access code: that it differs is told, and nothing else.
        case accessCode = "access-code"
        case balance
        case currency
        /// Meaning is equal, and the v2.0 form is not: the spelling of an amount, a quirk.
        case form
    }

    package var aspect: Aspect
    /// Where in the v2.0 form, as a JSON Pointer: for differences of form.
    package var place: String?
    /// What each side says, in words or as it is spelled; nil where it says nothing.
    package var left: String?
    package var right: String?

    package init(_ aspect: Aspect, at place: String? = nil, _ left: String?, _ right: String?) {
        self.aspect = aspect
        self.place = place
        self.left = left
        self.right = right
    }
}

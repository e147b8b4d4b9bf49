/// What prints as `****` wherever it is not asked for by name (design section 8).
package protocol Concealed: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Concealed {
    package var description: String { "****" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A text that is shown to nobody: a refresh token, an application's secret, an authorisation code.
package struct Secret: Hashable, Sendable, Concealed {
    /// The text itself: for the body of a request and for the owner-only file.
    package let text: String

    package init(_ text: String) {
        self.text = text
    }
}

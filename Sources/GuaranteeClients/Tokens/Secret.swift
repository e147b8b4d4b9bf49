/// A text that is shown to nobody: a refresh token, an application's secret, an authorisation code. It prints as `****`
/// (design section 8).
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text itself: for the body of a request and for the owner-only file.
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package var description: String { "****" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

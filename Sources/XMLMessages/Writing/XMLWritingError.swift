/// A text that XML 1.0 can't hold: NUL, most control characters, U+FFFE, U+FFFF.
package struct XMLWritingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The index in the tree of the node whose text it is.
    package var node: Int
    /// The character's code point.
    package var scalar: UInt32

    package init(node: Int, scalar: UInt32) {
        self.node = node
        self.scalar = scalar
    }

    package var description: String {
        let digits = String(scalar, radix: 16, uppercase: true)
        let padding = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
        return "the character U+\(padding)\(digits) can't be written in XML 1.0"
    }
}

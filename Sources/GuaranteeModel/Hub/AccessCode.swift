/// A guarantee's access code: a secret that prints as `****` wherever it is not asked for by name (contract section 2).
public struct AccessCode: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The code itself: for the message that is sent or stored, and for nothing else.
    public let secret: String

    public init(_ secret: String) {
        self.secret = secret
    }

    /// What stands for a secret in everything that people or programs may read.
    public static let mask = "****"

    public var description: String { Self.mask }
    public var debugDescription: String { Self.mask }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

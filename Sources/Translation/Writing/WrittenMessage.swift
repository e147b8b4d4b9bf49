package import GuaranteeModel

/// A message that was written, and an account of each of its leaves.
package struct WrittenMessage: Sendable {
    package var tree: WireTree
    package var plan: MessagePlan
    package var leaves: [WrittenLeaf] = []
    /// The leaves of the envelope around it, which the remainder brought back: nodes of the document.
    package var envelopeLeaves: [Int] = []
}

/// One leaf of a message that was written.
package struct WrittenLeaf: Sendable {
    package var node: Int
    /// The plan's leaf; nil for what only the remainder knows.
    var planNode: Int?
    /// The hub's field that it says; nil for what the hub does not hold.
    var field: HubField?
    /// The item of the field's list, in the hub.
    var index = 0
    var origin: Origin
    /// Whether it spells the hub's value so that reading it gives the same spelling.
    var isExact = false
    /// Whether it says all that the hub's value says.
    var keepsMeaning = true

    enum Origin: Sendable {
        case hub(Provenance)
        case restored
        case supplied
        case defaulted
        case synthesised
    }
}

import GuaranteeModel

/// An element of a plain source as bare numbers: what is done for each element of each message must cost next to nothing, and
/// a count of references alone is more than that.
struct PlainStep {
    enum Kind: UInt8 {
        /// A group, or the list of guarantees.
        case group, list
        /// A leaf that nobody asks for.
        case lost
        /// A leaf whose text is the hub's value.
        case moved
        /// The same, where it is a number in JSON.
        case amount
        /// Looked at more closely.
        case other
    }

    var kind = Kind.other
    var isXML = false
    var slot: Int32 = -1
    var minimum: Int32 = 0
    var maximum: Int32 = 0
    /// Which ASCII characters may stand in a value.
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// What the digest has before the text, in the source's own; and whether it has a mask in the text's place.
    var canonicalStart: Int32 = 0
    var canonicalCount: Int32 = 0
    var isSecret = false

    /// Whether a value is as it should be; false too where that takes a closer look.
    func accepts(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= Int(minimum), text.count <= Int(maximum) else { return false }
        var before: UInt8 = 0x20
        for byte in text {
            guard byte < 0x80 else { return false }
            let isAllowed = byte < 64 ? low >> UInt64(byte) & 1 : high >> UInt64(byte &- 64) & 1
            if isAllowed == 0 { return false }
            if byte <= 0x20, isXML, byte != 0x20 || before == 0x20 { return false }
            before = byte
        }
        return !isXML || before != 0x20
    }
}

/// An element of a plain source as a member of JSON, in bare numbers too.
struct PlainMember {
    /// A leaf's kind; that of a group where it is one.
    var leafKind: WireTree.Kind
    /// The members that may stand in a group.
    var firstChild: Int32
    var endOfChildren: Int32
    /// How many of them must, and whether this one is one of those.
    var required: Int32
    var isRequired: Bool
    /// Its name, in the source's `canonical`.
    var nameStart: Int32
    var nameCount: Int32
}

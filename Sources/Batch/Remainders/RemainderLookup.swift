/// Finds a remainder by the digest of the message that it belongs to.
package protocol RemainderLookup: Sendable {
    /// - Parameter id: the record's own id as JSON, which tells apart remainders of messages that are alike; nil where the
    ///   record has none.
    func find(digest: String, id: [UInt8]?) -> RemainderMatch
}

package enum RemainderMatch: Sendable {
    case none
    case line([UInt8])
    /// Several that differ: which is meant can't be known.
    case several
}

/// Finds a remainder by the digest of the message that it belongs to.
package protocol RemainderLookup: Sendable {
    /// - Parameters:
    ///   - id: the record's own id as JSON, which tells apart remainders of messages that are alike; nil where it has none.
    ///   - output: the record's file below its input, which tells apart those of a mirrored folder.
    func find(digest: String, id: [UInt8]?, output: String) -> RemainderMatch
}

package enum RemainderMatch: Sendable {
    case none
    case line([UInt8])
    /// Several that differ: which is meant can't be known.
    case several
}

/// Finds a remainder by the digest of the message that it belongs to.
package protocol RemainderLookup: Sendable {
    /// - Parameter id: the record's id as JSON, which tells apart remainders of messages that are alike.
    func line(digest: String, id: [UInt8]?) -> [UInt8]?
}

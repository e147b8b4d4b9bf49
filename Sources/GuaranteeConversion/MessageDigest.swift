package import Crypto
package import Translation

/// Digests of messages: over names and values with secrets masked, since a plain digest of a short secret gives it away.
package enum MessageDigest {
    /// `sha256:` and 64 hexadecimal digits.
    package static func of(_ tree: WireTree, _ masker: Masker) -> String {
        of(canonicalNodes: masker.canonicalNodes(of: tree))
    }

    /// The digest of a message whose nodes are these (`Masker.canonicalNodes`).
    package static func of(canonicalNodes nodes: [UInt8]) -> String {
        SHA256.hash(data: nodes).hexadecimal(after: "sha256:")
    }

    /// The digest of bytes that are no message.
    package static func of(_ bytes: [UInt8], _ masker: Masker) -> String {
        SHA256.hash(data: masker.masked(bytes)).hexadecimal(after: "sha256:")
    }
}

extension SHA256.Digest {
    /// A prefix and 64 hexadecimal digits.
    package func hexadecimal(after prefix: String = "") -> String {
        String(unsafeUninitializedCapacity: prefix.utf8.count + 2 * SHA256.byteCount) { text in
            var end = text.update(fromContentsOf: prefix.utf8)
            for byte in self {
                text[end] = Self.digit(byte >> 4)
                text[end + 1] = Self.digit(byte & 15)
                end += 2
            }
            return end
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}

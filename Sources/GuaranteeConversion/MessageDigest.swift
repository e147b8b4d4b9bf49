import Crypto
package import Translation

/// Digests of messages: over names and values with secrets masked, since a plain digest of a short secret gives it away.
package enum MessageDigest {
    /// `sha256:` and 64 hexadecimal digits.
    package static func of(_ tree: WireTree, _ masker: Masker) -> String {
        of(canonicalNodes: masker.canonicalNodes(of: tree))
    }

    /// The digest of a message whose nodes are these (`Masker.canonicalNodes`).
    package static func of(canonicalNodes nodes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: nodes)) }

    /// The digest of bytes that are no message.
    package static func of(_ bytes: [UInt8], _ masker: Masker) -> String {
        hexadecimal(SHA256.hash(data: masker.masked(bytes)))
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text = Array("sha256:".utf8)
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

import Crypto
package import Foundation

/// Ed25519 signatures of manifests, with the keys that `openssl genpkey -algorithm ed25519` makes.
package enum ManifestSignature {
    /// What stands before the 32 bytes of a key in PKCS #8 and in a public key's form (RFC 8410).
    private static let privatePrefix: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
    private static let publicPrefix: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]

    /// The signature of a manifest: 64 bytes.
    ///
    /// - Parameter key: a file with a private key (PEM, PKCS #8).
    /// - Throws: `InputError` where it holds none.
    package static func sign(_ manifest: Data, with key: String) throws(InputError) -> Data {
        let bytes = try bytes(of: key, "PRIVATE KEY", privatePrefix)
        do {
            return try Curve25519.Signing.PrivateKey(rawRepresentation: bytes).signature(for: manifest)
        } catch {
            throw InputError(path: key, message: "holds no private key that can sign")
        }
    }

    /// Whether a signature is that of a manifest.
    ///
    /// - Parameter key: a file with the public key (PEM).
    package static func isValid(_ signature: Data, of manifest: Data, with key: String) throws(InputError) -> Bool {
        let bytes = try bytes(of: key, "PUBLIC KEY", publicPrefix)
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
        return key.isValidSignature(signature, for: manifest)
    }

    private static func bytes(of path: String, _ kind: String, _ prefix: [UInt8]) throws(InputError) -> Data {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw InputError(path: path, message: "can't be read")
        }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        guard let first = lines.firstIndex(of: "-----BEGIN \(kind)-----"),
            let last = lines.firstIndex(of: "-----END \(kind)-----"), first < last,
            let der = Data(base64Encoded: lines[(first + 1)..<last].joined()), der.starts(with: prefix),
            der.count == prefix.count + 32
        else {
            throw InputError(
                path: path,
                message: "holds no Ed25519 \(kind.lowercased()) in PEM: openssl genpkey -algorithm ed25519 makes one")
        }
        return der.dropFirst(prefix.count)
    }
}

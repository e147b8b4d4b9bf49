import Crypto
package import Foundation

/// The key under which pseudonyms are made: it lies outside what holds them, or they could be undone by trying all tax
/// identifiers (design section 8).
package struct EvidenceKey: Sendable, Concealed {
    private let key: SymmetricKey

    /// A key for as long as the program runs.
    package static func random() -> EvidenceKey { EvidenceKey(key: SymmetricKey(size: .bits256)) }

    private init(key: SymmetricKey) {
        self.key = key
    }

    /// The key in a file of its owner's alone.
    ///
    /// - Parameter mayCreate: whether a key is made where there is no file.
    /// - Throws: `missing`, `unsafeFile`, `malformedFile`; `cantStore` where it can't be made.
    package init(file path: String, mayCreate: Bool) throws(TokenError) {
        let bytes: [UInt8]
        do throws(TokenError) {
            bytes = try OwnerOnlyFile.contents(of: path)
        } catch {
            guard error.code == .missing else { throw error }
            guard mayCreate else {
                throw TokenError(.missing, "\(path) is not there: without its key the run can't go on. Bring it back.")
            }
            key = SymmetricKey(size: .bits256)
            try Self.write(key, to: path)
            return
        }
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let data = Data(base64Encoded: text), data.count == 32 else {
            throw TokenError(.malformedFile, "\(path) holds no key of this toolkit: name the run's own key file.")
        }
        key = SymmetricKey(data: data)
    }

    private static func write(_ key: SymmetricKey, to path: String) throws(TokenError) {
        let text = key.withUnsafeBytes { Data($0).base64EncodedString() } + "\n"
        do throws(FileFault) {
            try OwnerOnlyFile.makeFolder(for: path)
            try OwnerOnlyFile.replace(path, with: Array(text.utf8)) { _ in }
        } catch {
            throw TokenError(.cantStore, "\(path) can't be written: \(error.reason).")
        }
    }

    /// What stands for an identifier: the same for the same one under the same key; `P` and 16 hexadecimal digits, as long
    /// as a tax identifier may be (contract section 2).
    package func pseudonym(of identifier: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data(identifier.utf8), using: key)
        return "P" + code.prefix(8).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// Seals what must survive a restart with its secrets (design section 8).
    ///
    /// - Parameter purpose: what it is; it is opened as just that.
    package func seal(_ plain: Data, as purpose: String) throws -> Data {
        try ChaChaPoly.seal(plain, using: sealingKey, authenticating: Data(purpose.utf8)).combined
    }

    /// - Throws: where it was sealed with another key, as something else, or was changed.
    package func open(_ sealed: Data, as purpose: String) throws -> Data {
        try ChaChaPoly.open(
            ChaChaPoly.SealedBox(combined: sealed), using: sealingKey, authenticating: Data(purpose.utf8))
    }

    /// Another key than that of the pseudonyms, which many may see.
    private var sealingKey: SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key, info: Data("nctsbridge sealing".utf8), outputByteCount: 32)
    }
}

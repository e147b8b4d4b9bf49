import Crypto
import Foundation
import GuaranteeConversion

/// A file as it was: its length, and the SHA-256 of its bytes.
package struct FileDigest: Codable, Hashable, Sendable {
    /// As it was named.
    package var path: String
    package var bytes: Int
    /// 64 hexadecimal digits.
    package var sha256: String

    /// Reads the file from its first byte to its last.
    ///
    /// - Throws: `InputError` where that can't be done.
    package init(of path: String) throws(InputError) {
        self.path = path
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw InputError(path: path, message: "can't be read")
        }
        defer { try? file.close() }
        var hash = SHA256()
        bytes = 0
        do {
            while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
                hash.update(data: piece)
                bytes += piece.count
            }
        } catch {
            throw InputError(path: path, message: "can't be read: \(error)")
        }
        sha256 = hash.finalize().hexadecimal()
    }
}

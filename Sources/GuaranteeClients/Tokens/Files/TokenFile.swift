import Foundation

/// The owner-only file that tokens are kept in: JSON, as a login writes it, or the text of a token and nothing else.
package struct TokenFile: Sendable {
    /// The path as it was named; a link is followed.
    package let path: String
    /// Called ahead of each step of writing, so that tests can fail it.
    var beforeStep: @Sendable (OwnerOnlyFile.Step) throws(FileFault) -> Void = { (_) throws(FileFault) in }

    package init(_ path: String) {
        self.path = path
    }

    /// The tokens that are there now. A bare token has no refresh token and no known end.
    ///
    /// - Throws: `missing`, `unsafeFile`, `malformedFile`, `malformed`.
    package func contents() throws(TokenError) -> StoredTokens {
        let bytes = try OwnerOnlyFile.contents(of: path)
        let text = String(decoding: bytes, as: UTF8.self)
        if text.drop(while: { $0.isWhitespace || $0 == "\u{FEFF}" }).first == "{" {
            return try StoredTokens(json: bytes, path: path)
        }
        return StoredTokens(accessToken: BearerToken(try TokenText.checked(text, in: path)))
    }

    /// Makes sure that tokens can be stored, before a code or a refresh token is used up for them.
    ///
    /// - Throws: `cantStore` where something else than a file is there, or its folder can't be made or written to.
    package func prepare() throws(TokenError) {
        let target = OwnerOnlyFile.target(of: path)
        guard OwnerOnlyFile.isFree(target) else {
            throw TokenError(.cantStore, "\(path) is no regular file: name another for the tokens.")
        }
        do {
            try OwnerOnlyFile.makeFolder(for: target)
        } catch {
            throw TokenError(.cantStore, "The folder for \(path) can't be made: \(error.reason).")
        }
        // With the slash a file in its place is none.
        guard access(OwnerOnlyFile.folder(of: target) + "/", W_OK | X_OK) == 0 else {
            throw TokenError(.cantStore, "The folder of \(path) can't be written to: name another file for the tokens.")
        }
    }

    /// Puts tokens in the place of those that are there, once no other program is about to: what a login does. The
    /// folder is made where it is not there. When it returns the tokens are on disk.
    ///
    /// - Throws: `cantStore` where that fails, and the old file is whole; `unavailable`, `cancelled`.
    package func store(_ tokens: StoredTokens, timekeeper: Timekeeper) async throws(TokenError) {
        let lock = try await lock(timekeeper: timekeeper)
        try replace(with: tokens, under: lock)
        lock.release()
    }

    /// The right to refresh and to write: one program at a time has it, by whatever path it came.
    func lock(timekeeper: Timekeeper) async throws(TokenError) -> FileLock {
        try prepare()
        let target = OwnerOnlyFile.target(of: path)
        // Longer than a refresh with all its attempts can take.
        return try await FileLock.acquire(target + ".lock", timekeeper: timekeeper, patience: .seconds(180))
    }

    func replace(with tokens: StoredTokens, under lock: borrowing FileLock) throws(TokenError) {
        do {
            try OwnerOnlyFile.replace(OwnerOnlyFile.target(of: path), with: tokens.json, before: beforeStep)
        } catch {
            throw TokenError(.cantStore, "\(path) can't be written: \(error.reason).")
        }
    }
}

/// A bearer token.
package struct BearerToken: Hashable, Sendable, Concealed {
    /// The token itself: for the `Authorization` header, and for nothing else.
    package let secret: String

    package init(_ secret: String) {
        self.secret = secret
    }
}

/// Where the token of a call comes from.
package protocol TokenSource: Sendable {
    /// The token to send: fresh, as far as can be known.
    func token() async throws(TokenError) -> BearerToken
    /// A token in place of one that the API refused with 401; nil where there is no other.
    func replacement(for refused: BearerToken) async throws(TokenError) -> BearerToken?
    /// Waits until no token is being fetched: to be called before the program, or its connections, end.
    func settled() async
}

extension TokenSource {
    package func settled() async {}
}

/// Why there is no token.
package struct TokenError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// The environment, or the file, holds none.
        case missing
        /// What was handed over can't be a token: a header would break.
        case malformed
        /// The file is not its owner's alone, or can't be read.
        case unsafeFile = "unsafe-file"
        case malformedFile = "malformed-file"
        /// The authorisation server refused the refresh token, the code, or the application.
        case refused
        /// The authorisation server could not be reached, or told of trouble of its own: later it may do better.
        case unavailable
        /// The server was asked, and what it answered is not known: the code or the refresh token, which works once,
        /// may be used up, and is not sent again.
        case answerLost = "answer-lost"
        /// The tokens could not be kept in their file. The message says whether the refresh token is used up.
        case cantStore = "cant-store"
        case cancelled
    }

    package var code: Code
    /// What was wrong and what to do; it never quotes a secret.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}

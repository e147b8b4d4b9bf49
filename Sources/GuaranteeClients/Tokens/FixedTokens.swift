/// One token, for as long as the program runs.
package struct FixedToken: TokenSource {
    private let only: BearerToken

    package init(_ token: BearerToken) {
        only = token
    }

    package func token() throws(TokenError) -> BearerToken { only }
    package func replacement(for refused: BearerToken) throws(TokenError) -> BearerToken? { nil }
}

/// The token that an environment variable holds, for as long as the program runs.
package struct EnvironmentToken: TokenSource {
    private let only: BearerToken

    /// - Parameters:
    ///   - variable: the variable's name.
    ///   - environment: all variables, by name.
    /// - Throws: `missing` where the variable is not set or empty, `malformed` where a header would break.
    package init(_ variable: String, in environment: [String: String]) throws(TokenError) {
        guard let text = environment[variable] else {
            throw TokenError(.missing, "The variable \(variable) is not set: put the token into it.")
        }
        only = BearerToken(try TokenText.checked(text, in: "The variable \(variable)"))
    }

    package func token() throws(TokenError) -> BearerToken { only }
    package func replacement(for refused: BearerToken) throws(TokenError) -> BearerToken? { nil }
}

/// What an application is registered under at the authorisation server: `client_id` and `client_secret`.
package struct ClientCredentials: Sendable, Hashable {
    /// The client id: from the configuration, no secret.
    package let id: String
    /// The client secret: from the environment.
    package let secret: Secret

    package init(id: String, secret: Secret) {
        self.id = id
        self.secret = secret
    }

    /// - Parameters:
    ///   - variable: the name of the variable that holds the secret.
    ///   - environment: all variables, by name.
    /// - Throws: `missing` where the variable is not set or empty, `malformed` where it holds white space.
    package init(id: String, secretIn variable: String, of environment: [String: String]) throws(TokenError) {
        guard let text = environment[variable] else {
            throw TokenError(.missing, "The variable \(variable) is not set: put the client secret into it.")
        }
        self.init(id: id, secret: Secret(try TokenText.checked(text, in: "The variable \(variable)")))
    }
}

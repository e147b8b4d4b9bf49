import ArgumentParser
import Foundation
import GuaranteeClients

/// Where bearer tokens come from: the environment, or a file that `login` wrote; never an argument.
struct TokenOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The environment variable that holds the bearer token.", valueName: "name"))
    var tokenEnv = "NCTSBRIDGE_TOKEN"

    @Option(
        help: ArgumentHelp(
            "A file that holds the token, readable by you alone: one that login wrote is refreshed.", valueName: "file")
    )
    var tokenFile: String?

    @OptionGroup var application: ApplicationOptions

    func source(
        for base: BaseURL, over transport: any ExchangeTransport, time: Timekeeper, limits: TransportLimits
    ) throws(TokenError) -> any TokenSource {
        guard let tokenFile else { return try EnvironmentToken(tokenEnv, in: ProcessInfo.processInfo.environment) }
        return try application.tokens(in: tokenFile, for: base, over: transport, time: time, limits: limits)
    }
}

/// The application, as HMRC's Developer Hub knows it.
struct ApplicationOptions: ParsableArguments {
    static let secretVariable = "NCTSBRIDGE_CLIENT_SECRET"

    @Option(
        help: ArgumentHelp(
            "The application's client id (or NCTSBRIDGE_CLIENT_ID); its secret is taken from NCTSBRIDGE_CLIENT_SECRET.",
            valueName: "id"))
    var clientId: String?

    var id: String? { clientId ?? ProcessInfo.processInfo.environment["NCTSBRIDGE_CLIENT_ID"] }

    /// The tokens of a file that `login` wrote, refreshed where the application's secret is known.
    func tokens(
        in path: String, for base: BaseURL, over transport: any ExchangeTransport, time: Timekeeper,
        limits: TransportLimits
    ) throws(TokenError) -> any TokenSource {
        let environment = ProcessInfo.processInfo.environment
        let file = TokenFile(path)
        // The application that logged in is the one that can refresh.
        var id = id
        if id == nil { id = try file.contents().clientID }
        var client: OAuthClient?
        if let id, environment[Self.secretVariable] != nil {
            let credentials = try ClientCredentials(id: id, secretIn: Self.secretVariable, of: environment)
            client = OAuthClient(
                transport: transport, base: base, credentials: credentials, timekeeper: time, limits: limits)
        }
        return RefreshingTokens(file: file, for: base, client: client, timekeeper: time)
    }
}

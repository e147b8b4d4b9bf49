import ArgumentParser
import Foundation
import GuaranteeClients
import HTTPTransport
import Translation

struct Login: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Log a person in, and store the tokens in a file that only its owner can read.",
        discussion: """
            Prints the address to open in a browser. The code comes back to this machine, or by hand with --by-hand. \
            The application's secret is taken from NCTSBRIDGE_CLIENT_SECRET.
            """)

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var application: ApplicationOptions

    @Option(help: ArgumentHelp("Where the tokens are stored.", valueName: "file"))
    var tokenFile: String

    @Option(
        help: ArgumentHelp(
            "Where the browser is sent with the code: one that the application is registered with.", valueName: "uri"))
    var redirectUri = "http://localhost:8123/"

    @Flag(help: "Take the code at the terminal in place of listening for it.")
    var byHand = false

    @Option(help: ArgumentHelp("How long the browser is waited for.", valueName: "seconds"))
    var patience = 600.0

    func validate() throws {
        guard (1...86_400).contains(patience) else { throw ValidationError("--patience is from 1 to 86400 seconds.") }
        guard application.id?.isEmpty == false else {
            throw ValidationError("Which application? Give --client-id, or set NCTSBRIDGE_CLIENT_ID.")
        }
        guard byHand || listenAddress != nil else {
            throw ValidationError(
                "\(redirectUri) is not on this machine, so nothing can listen there: use --by-hand, and paste the code."
            )
        }
    }

    private var listenAddress: ListenAddress? {
        guard let parts = URLComponents(string: redirectUri), parts.scheme == "http", let host = parts.host,
            BaseURL.isLoopback(host.trimmingCharacters(in: ["[", "]"]))
        else { return nil }
        return ListenAddress(argument: "\(host):\(parts.port ?? 80)")
    }

    func run() async throws {
        try await Exit.reporting {
            let base = try connection.base
            let credentials = try ClientCredentials(
                id: application.id ?? "", secretIn: ApplicationOptions.secretVariable,
                of: ProcessInfo.processInfo.environment)
            try TokenFile(tokenFile).prepare()
            var generator = SystemRandomNumberGenerator()
            let flow = AuthorizationCodeFlow(
                base: base, clientID: credentials.id, redirectURI: redirectUri, using: &generator)
            Terminal.error("Open this address, and grant the application its access:\n\n  \(flow.address)\n")
            let code = try await self.code(of: flow)
            try await connection.withTransport { transport in
                let client = OAuthClient(
                    transport: transport, base: base, credentials: credentials, timekeeper: .system,
                    limits: connection.limits)
                let tokens = try await client.tokens(for: code, redirectURI: redirectUri)
                try await TokenFile(tokenFile).store(tokens, timekeeper: .system)
            }
            Terminal.error("The tokens are in \(tokenFile): use them with --token-file \(tokenFile).")
        }
    }

    private func code(of flow: AuthorizationCodeFlow) async throws -> Secret {
        guard !byHand, let address = listenAddress else {
            let question = "The code, or the whole address that the browser ended at: "
            guard let text = isatty(0) == 1 ? SecretPrompt.ask(question) : readLine(strippingNewline: true) else {
                throw ValidationError("There is no code.")
            }
            return try flow.code(inPasted: text)
        }
        let listener = RedirectListener(address: address, flow: flow)
        return try await Interruption.heeding { [patience] in try await listener.code(within: .seconds(patience)) }
    }
}

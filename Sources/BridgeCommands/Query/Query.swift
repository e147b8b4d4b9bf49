import ArgumentParser
import Foundation
import GuaranteeClients
import HTTPTransport
import Logging
import Translation

struct Query: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask one API about one guarantee.",
        discussion: """
            The access code is asked for at the terminal, or taken from a file or a variable. Exit codes: 0 a balance, \
            1 a refusal, 2 no answer about the guarantee, 75 the service is not to be had.
            """)

    @Option(help: "Which version to ask: v1 or v2.")
    var api: API

    @OptionGroup var connection: ConnectionOptions

    @Option(help: ArgumentHelp("The guarantee reference number.", valueName: "grn"))
    var grn: String

    @Option(
        help: ArgumentHelp("The tax identifier (TIN, EORI) of the guarantee's holder: v1.0 needs it.", valueName: "tin")
    )
    var tin: String?

    @OptionGroup var accessCode: AccessCodeOptions
    @OptionGroup var tokens: TokenOptions

    @Option(help: ArgumentHelp("How long a pending answer of v1.0 is waited for.", valueName: "seconds"))
    var patience = 3600.0

    @Flag(help: "Try a question again that may have arrived, once the lock that it may have taken is over.")
    var repeatAfterLock = false

    @Flag(help: "Write JSON for programs in place of a table.")
    var json = false

    @Flag(help: "Tell each call on standard error.")
    var verbose = false

    @OptionGroup var mappings: MappingOptions

    enum API: String, ExpressibleByArgument, CaseIterable {
        case v1, v2

        var value: GuaranteeAPI { self == .v1 ? .v1 : .v2 }
    }

    func validate() throws {
        guard api == .v2 || tin != nil else { throw ValidationError("v1.0 asks for a tax identifier: give --tin.") }
        guard (0...86_400).contains(patience) else { throw ValidationError("--patience is from 0 to 86400 seconds.") }
    }

    func run() async throws {
        try await Exit.reporting {
            let codec = ExchangeCodec(try mappings.load())
            let base = try connection.base
            let question = GuaranteeQuestion(grn: GRN(grn), accessCode: try accessCode.load(), tin: tin)
            let result: QueryResult = try await connection.withTransport { transport in
                let tokens = try tokens.source(
                    for: base, over: transport, time: .system, limits: connection.limits)
                let client = client(codec, base, transport, tokens)
                let answer: Result<ClientAnswer, ClientError>
                do throws(ClientError) {
                    answer = .success(
                        try await Interruption.heeding { () async throws(ClientError) in try await client.ask(question)
                        })
                } catch {
                    answer = .failure(error)
                }
                await tokens.settled()
                let token = try? await tokens.token()
                return QueryResult(
                    answer, to: question, of: api.value, at: base, masker: codec.masker,
                    hiding: [question.accessCode.secret, token?.secret ?? ""])
            }
            try Terminal.output(json ? result.json : result.table)
            if result.exitCode != ExitCode.success { throw result.exitCode }
        }
    }

    private func client(
        _ codec: ExchangeCodec, _ base: BaseURL, _ transport: HTTPTransport, _ tokens: any TokenSource
    ) -> any GuaranteeClient {
        var options = ClientOptions()
        options.limits = connection.limits
        options.repeatsPosts = repeatAfterLock
        options.polling.patience = .seconds(patience)
        let caller = Caller(
            api.value, at: base, over: transport, tokens: tokens, pacing: PacingGate(), codec: codec, options: options,
            logger: Terminal.logger(isVerbose: verbose))
        return api == .v1 ? V1Client(caller) : V2Client(caller)
    }
}

import ArgumentParser
import Foundation
import GuaranteeClients

/// Where the answers of both sides come from, and with which tokens they are asked.
struct SideOptions: ParsableArguments {
    @Option(name: .customLong("v1"), help: ArgumentHelp("Ask v1.0 here.", valueName: "url"))
    var v1URL: String?

    @Option(name: .customLong("v2"), help: ArgumentHelp("Ask v2.0 here.", valueName: "url"))
    var v2URL: String?

    @Option(
        help: ArgumentHelp(
            "Recorded answers of v1.0: stored messages, NDJSON of exchanges, HAR; can be given more than once.",
            valueName: "path"))
    var v1Recorded: [String] = []

    @Option(
        help: ArgumentHelp(
            "Recorded answers of v2.0, in the same forms; can be given more than once.", valueName: "path"))
    var v2Recorded: [String] = []

    @Option(
        help: ArgumentHelp(
            "The variable that holds v1.0's token; NAME_USER where a question has a user.", valueName: "name"))
    var v1TokenEnv = "NCTSBRIDGE_V1_TOKEN"

    @Option(help: ArgumentHelp("The same for v2.0.", valueName: "name"))
    var v2TokenEnv = "NCTSBRIDGE_V2_TOKEN"

    @Option(help: ArgumentHelp("In its place a file that login wrote: it is refreshed.", valueName: "file"))
    var v1TokenFile: String?

    @Option(help: ArgumentHelp("The same for v2.0.", valueName: "file"))
    var v2TokenFile: String?

    @OptionGroup var application: ApplicationOptions

    func validate() throws {
        for (name, url, recorded) in [("v1", v1URL, v1Recorded), ("v2", v2URL, v2Recorded)] {
            guard (url == nil) != recorded.isEmpty else {
                throw ValidationError("Give either --\(name) or --\(name)-recorded: where do its answers come from?")
            }
            if let url { do { _ = try BaseURL(url) } catch { throw ValidationError(error.description) } }
        }
        guard v1Recorded.filter({ $0 == "-" }).count + v2Recorded.filter({ $0 == "-" }).count < 2 else {
            throw ValidationError("Standard input can be read once.")
        }
    }

    func url(_ api: GuaranteeAPI) -> BaseURL? { (api == .v1 ? v1URL : v2URL).flatMap { try? BaseURL($0) } }
    func recorded(_ api: GuaranteeAPI) -> [String] { api == .v1 ? v1Recorded : v2Recorded }

    /// In words, for the evidence.
    func description(_ api: GuaranteeAPI) -> String {
        url(api)?.description ?? recorded(api).joined(separator: ", ")
    }

    /// The tokens of one side for a user of the question list; `user` is nil for everybody who has none of their own.
    ///
    /// - Returns: nil for a user without a token of their own.
    func tokens(
        _ api: GuaranteeAPI, for user: String?, over transport: any ExchangeTransport, limits: TransportLimits
    ) throws(TokenError) -> (any TokenSource)? {
        guard let base = url(api) else { return nil }
        let variable = api == .v1 ? v1TokenEnv : v2TokenEnv
        let environment = ProcessInfo.processInfo.environment
        if let user {
            let own = Self.variable(variable, of: user)
            return environment[own] == nil ? nil : try EnvironmentToken(own, in: environment)
        }
        guard let path = api == .v1 ? v1TokenFile : v2TokenFile else {
            return try EnvironmentToken(variable, in: environment)
        }
        return try application.tokens(in: path, for: base, over: transport, time: .system, limits: limits)
    }

    /// The variable of a user's own token: `NCTSBRIDGE_V1_TOKEN_ALICE`.
    static func variable(_ name: String, of user: String) -> String {
        name + "_" + String(user.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}

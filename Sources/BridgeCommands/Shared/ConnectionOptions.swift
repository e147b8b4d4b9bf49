import ArgumentParser
import Foundation
import GuaranteeClients
import HTTPTransport

/// How an API is reached.
struct ConnectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where the API is: https://api.service.hmrc.gov.uk; http for this machine alone.", valueName: "url"))
    var url: String

    @OptionGroup var network: NetworkOptions

    func validate() throws {
        do { _ = try BaseURL(url) } catch { throw ValidationError(error.description) }
    }

    var base: BaseURL { get throws(BaseURLError) { try BaseURL(url) } }

    var limits: TransportLimits { network.limits }

    func withTransport<Value>(_ body: (HTTPTransport) async throws -> Value) async throws -> Value {
        try await network.withTransport(body)
    }
}

/// How connections are made, wherever they lead.
struct NetworkOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A private authority's certificates (PEM), trusted beside the system's.", valueName: "file"))
    var caFile: String?

    @Option(help: ArgumentHelp("Until the connection stands.", valueName: "seconds"))
    var connectTimeout = 10.0

    @Option(help: ArgumentHelp("Between two pieces of an answer.", valueName: "seconds"))
    var readTimeout = 30.0

    @Option(help: ArgumentHelp("For a whole exchange.", valueName: "seconds"))
    var timeout = 60.0

    func validate() throws {
        for (name, value) in [("connect-timeout", connectTimeout), ("read-timeout", readTimeout), ("timeout", timeout)]
        where !(0.001...86_400).contains(value) {
            throw ValidationError("--\(name) is from 0.001 to 86400 seconds.")
        }
    }

    var limits: TransportLimits {
        var limits = TransportLimits()
        limits.connecting = .seconds(connectTimeout)
        limits.reading = .seconds(readTimeout)
        limits.whole = .seconds(timeout)
        return limits
    }

    func withTransport<Value>(_ body: (HTTPTransport) async throws -> Value) async throws -> Value {
        let options = TransportOptions(caFile: caFile, environment: ProcessInfo.processInfo.environment)
        return try await HTTPTransport.withTransport(options, body)
    }
}

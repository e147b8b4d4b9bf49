import ArgumentParser
import Evidence
import Foundation
import Gateway
import GuaranteeClients
import HTTPTransport
import Logging
import ServiceLifecycle
import Translation
import UnixSignals

struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway",
        abstract: "Keep software running that speaks v1.0: it is answered as v1.0 did, with what v2.0 says.",
        discussion: """
            With --upstream, v1.0 in JSON and XML is served by v2.0. With --primary and --shadow, v1.0 goes on answering, \
            and v2.0 is asked the same later, to be compared. docs/gateway.md tells all of it.
            """)

    @OptionGroup var options: GatewayOptions

    @OptionGroup(title: "Mappings") var mappings: MappingOptions

    @Flag(help: "Check the settings, print them, and end.")
    var check = false

    func run() async throws {
        try await Exit.reporting {
            let settings = try GatewaySettings.load(
                flags: options.given, environment: ProcessInfo.processInfo.environment, file: options.config)
            Terminal.error(settings.effectiveText)
            let surroundings = try await surroundings(settings)
            if check {
                try await Gateway.check(settings, in: surroundings)
                return Terminal.error("The settings are in order.")
            }
            OpenFiles.allowAsManyAsPossible()
            let gateway = try await Gateway(settings, in: surroundings)
            var configuration = ServiceGroupConfiguration(
                services: gateway.services, gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Terminal.logger(isVerbose: false))
            configuration.maximumGracefulShutdownDuration = settings.limits.drain
            do {
                try await ServiceGroup(configuration: configuration).run()
            } catch {
                await gateway.close()
                throw Exit.fail("the gateway ended: \(error)", Exit.unavailable)
            }
            await gateway.close()
        }
    }

    /// When the gateway's clock began: a mirror that goes on has that of its evidence.
    private func clockStart(_ settings: GatewaySettings) async -> Date {
        guard settings.timeScale != 1, case .mirrored(let mirror) = settings.service,
            let evidence = try? SQLiteEvidence.forReading(mirror.evidenceFile)
        else { return Date() }
        defer { evidence.close() }
        return (try? await evidence.run())?.startedAt ?? Date()
    }

    private func surroundings(_ settings: GatewaySettings) async throws -> Gateway.Surroundings {
        var logger = Logger(label: "nctsbridge.gateway", factory: StreamLogHandler.standardError(label:))
        logger.logLevel = settings.logLevel
        let time = RunClock.timekeeper(startedAt: await clockStart(settings), scale: settings.timeScale)
        let environment = ProcessInfo.processInfo.environment
        let limits = settings.transportLimits
        var application = ApplicationOptions()
        application.clientId = settings.clientID
        return Gateway.Surroundings(
            version: ToolVersion.current, mappings: try mappings.files, environment: environment, time: time,
            logger: logger,
            tokens: { [application] place, base, transport in
                switch place {
                case .variable(let name): try EnvironmentToken(name, in: environment)
                case .file(let path):
                    try application.tokens(in: path, for: base, over: transport, time: .system, limits: limits)
                }
            },
            onListening: { port in
                let scheme = settings.tls == nil ? "http" : "https"
                Terminal.error("v1.0 is served on \(scheme)://\(settings.listen.description(port: port))")
            },
            onAdminListening: { port in
                guard let address = settings.adminListen else { return }
                Terminal.error("The operators' page is http://\(address.description(port: port))/_bridge/")
            })
    }
}

/// Connections are open files: as many as the system lets the process have.
private enum OpenFiles {
    static func allowAsManyAsPossible() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

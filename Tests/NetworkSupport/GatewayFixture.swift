import Foundation
import Gateway
package import GuaranteeClients
import HTTPTransport
package import Logging
import ServiceLifecycle
import Translation

/// A gateway on loopback, as long as a test's body runs.
package struct RunningGateway: Sendable {
    package var url: BaseURL
    package var port: Int
    /// The operators' address; nil where it is off.
    package var adminURL: BaseURL?
    /// Tells it to end, as SIGTERM does: what is under way is waited for, by whoever runs it.
    package var end: @Sendable () async -> Void
}

/// Runs a gateway on free ports.
///
/// - Parameters:
///   - flags: its settings, by their keys; without an address of its own it listens on a free port of loopback.
///   - tokens: the tokens of places; by default the place's name is the token.
package func withGateway<Value: Sendable>(
    _ flags: [String: String], time: Timekeeper = .system, logger: Logger? = nil,
    _ body: @Sendable @escaping (RunningGateway) async throws -> Value
) async throws -> Value {
    var flags = flags
    if flags["listen"] == nil { flags["listen"] = "127.0.0.1:0" }
    if flags["access-log"] == nil { flags["access-log"] = "off" }
    let hasAdmin = flags["admin.listen"] != nil
    if !hasAdmin { flags["admin.listen"] = "off" }
    let settings = try GatewaySettings.load(flags: flags, environment: [:], file: nil)
    let (ports, port) = AsyncStream<Int>.makeStream()
    let (adminPorts, adminPort) = AsyncStream<Int>.makeStream()
    let surroundings = Gateway.Surroundings(
        version: "test", mappings: .embedded, environment: [:], time: time,
        logger: logger ?? Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        tokens: { place, _, _ in
            switch place {
            case .variable(let name), .file(let name): FixedToken(BearerToken(name))
            }
        },
        onListening: { number in
            port.yield(number)
            port.finish()
        },
        onAdminListening: { number in
            adminPort.yield(number)
            adminPort.finish()
        })
    let gateway = try await Gateway(settings, in: surroundings)
    let services = ServiceGroup(
        services: gateway.services, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let serving = Task {
        defer {
            port.finish()
            adminPort.finish()
        }
        try await services.run()
    }
    let result: Result<Value, any Error>
    do {
        guard let number = await ports.first(where: { _ in true }) else { throw CancellationError() }
        let admin = hasAdmin && flags["admin.listen"] != "off" ? await adminPorts.first { _ in true } : nil
        let scheme = settings.tls == nil ? "http" : "https"
        result = .success(
            try await body(
                RunningGateway(
                    url: try BaseURL("\(scheme)://127.0.0.1:\(number)"), port: number,
                    adminURL: try admin.map { try BaseURL("http://127.0.0.1:\($0)") },
                    end: { await services.triggerGracefulShutdown() })))
    } catch {
        result = .failure(error)
    }
    await services.triggerGracefulShutdown()
    let ended: Result<Void, any Error>
    do { ended = .success(try await serving.value) } catch { ended = .failure(error) }
    await gateway.close()
    try ended.get()
    return try result.get()
}

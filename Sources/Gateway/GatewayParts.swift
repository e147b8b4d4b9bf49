import Evidence
import Foundation
import GuaranteeAdapter
import GuaranteeClients
import HTTPTransport
import Logging
import NIOSSL
import PrometheusMetrics
import ServiceLifecycle
import Synchronization
import Translation

/// The parts of a gateway, each from the settings that are about it.
struct GatewayParts {
    let settings: GatewaySettings
    let surroundings: Gateway.Surroundings
    let codec: ExchangeCodec
    let registry = PrometheusRegistry()

    init(_ settings: GatewaySettings, _ surroundings: Gateway.Surroundings, codec: ExchangeCodec) {
        self.settings = settings
        self.surroundings = surroundings
        self.codec = codec
    }

    private var logger: Logger { surroundings.logger }

    // MARK: - Files

    func tls() throws -> TLSConfiguration? {
        guard let files = settings.tls else { return nil }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(files.certificate)
            let key = try NIOSSLPrivateKey(file: files.key, format: .pem)
            var tls = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            tls.minimumTLSVersion = .tlsv12
            // Whether the key is the certificate's shows here, not only when somebody comes.
            _ = try NIOSSLContext(configuration: tls)
            return tls
        } catch {
            throw GatewayError(
                .badFile, "\(files.certificate) and \(files.key) are no certificate and its key: \(error)")
        }
    }

    func accessLog() throws -> AccessLog? {
        switch settings.accessLog {
        case .off: nil
        case .standardOutput: AccessLog(.standardOutput)
        case .file(let path): try AccessLog.appending(to: path)
        }
    }

    func store() throws -> GatewayStore {
        try settings.storeFile.map { try GatewayStore.forWriting($0) } ?? GatewayStore.inMemory()
    }

    /// The store's key; for a store in memory one that ends with it.
    func key() throws(TokenError) -> EvidenceKey {
        try settings.keyFile.map { path throws(TokenError) in try EvidenceKey(file: path, mayCreate: true) }
            ?? .random()
    }

    private func holders() throws -> Holders? {
        guard let path = settings.holdersFile else { return nil }
        do {
            return try Holders(parsing: contents(of: path))
        } catch let error as HoldersError {
            throw GatewayError(.badFile, "\(path), \(error)")
        }
    }

    /// What v2.0 does not tell and XML needs; nil where XML can't be answered.
    private func conversation() throws -> XMLConversation? {
        var context = TranslationContext()
        if let path = settings.contextFile {
            context = try TranslationContext(parsing: contents(of: path), file: path, mappings: codec.mappings)
        }
        let conversation = XMLConversation(codec, context: context)
        guard let missing = conversation.missingContext() else { return conversation }
        guard settings.contextFile == nil else {
            throw GatewayError(.badFile, "\(settings.contextFile ?? "") is not enough to answer in XML: \(missing)")
        }
        logger.notice("XML is not taken: no context file tells what v2.0 does not, as access date and guarantee type")
        return nil
    }

    private func contents(of path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw GatewayError(.badFile, "\(path) can't be read.")
        }
        return Array(data)
    }

    // MARK: - Serving

    /// What is answered to requests that are not looked at.
    var refusals: ServerRefusals {
        var busy = codec.message(meaning: "unavailable") ?? BalanceMessage(kind: .serviceError)
        busy.error.message = "The gateway has too much to do"
        var refusals = ServerRefusals(
            busy: refusal(busy, 503),
            tooLarge: refusal(RequestChecks(codec).frameworkError(413, "Request Entity Too Large"), 413))
        refusals.busy.headers["Retry-After"] = "1"
        return refusals
    }

    private func refusal(_ message: BalanceMessage, _ status: Int) -> ExchangeResponse {
        var response = (try? codec.response(saying: message, in: .v1JSON)) ?? ExchangeResponse(status: status)
        response.headers["Cache-Control"] = "no-cache,no-store,max-age=0"
        return response
    }

    /// Finds out whether a gateway could be put together, and changes nothing.
    func check(over transport: HTTPTransport) throws {
        _ = try (tls(), holders())
        try WrittenFiles(settings).check()
        switch settings.service {
        case .translated(let base):
            _ = try conversation()
            _ = try settings.token.map { try surroundings.tokens($0, base, transport) }
        case .mirrored(let mirror):
            _ = try settings.token.map { try surroundings.tokens($0, mirror.primary, transport) }
            _ = try mirror.shadowToken.map { try surroundings.tokens($0, mirror.shadow, transport) }
        }
    }

    /// What stands behind the clients' socket, and what the operators are told of it.
    struct Front {
        var handler: any RequestHandler
        var services: [any Service]
        var mirror: MirrorParts?
        var pending: @Sendable () async -> Int
        var sides: [LiveFeed.Side]
        var notices: [String]
    }

    func front(over transport: HTTPTransport, store: GatewayStore) async throws -> Front {
        switch settings.service {
        case .translated(let base):
            let service = try service(base, over: transport, store: store)
            let front = V1Front(
                service, codec: codec, conversation: try conversation(), needsToken: settings.token == nil,
                version: surroundings.version, time: surroundings.time, logger: logger)
            // What they lock is known before the first client comes.
            let left = await service.recall()
            return Front(
                handler: front, services: [ResumeService(service: service, left: left)],
                pending: { (try? await service.pendingCount()) ?? 0 },
                sides: [.init(name: "v2.0, upstream", address: base.description, api: .v2)],
                notices: noted(
                    (settings.holdersFile == nil ? [Self.withoutHolders] : [])
                        + (settings.storeFile == nil ? [Self.withoutStore] : [])))
        case .mirrored(let mirror):
            let parts = try await MirrorParts(mirror, self, over: transport, store: store)
            return Front(
                handler: parts.mirror, services: [parts.recorder], mirror: parts,
                pending: { parts.recorder.standing.pending },
                sides: [
                    .init(name: "v1.0, primary", address: mirror.primary.description, api: .v1),
                    .init(name: "v2.0, shadow", address: mirror.shadow.description, api: .v2),
                ],
                notices: noted(
                    (mirror.shadowToken == nil ? [Self.withClientsLock] : [])
                        + (settings.storeFile == nil ? [Self.withoutQueueStore] : [])))
        }
    }

    /// What operators should know stands in the log too.
    private func noted(_ notices: [String]) -> [String] {
        for notice in notices { logger.notice("\(notice)") }
        return notices
    }

    private static let withoutStore = """
        There is no store: requests that clients were told to ask for later are forgotten when the gateway ends.
        """
    private static let withoutQueueStore = """
        There is no store: pairs that wait for v2.0 when the mirror ends are inconclusive.
        """
    private static let withoutHolders = """
        There is no list of holders: v1.0 checked that the trader who asks owns the guarantee, and v2.0 does not. Whoever \
        knows a GRN and its access code is answered, whatever tax identifier they name.
        """
    private static let withClientsLock = """
        The shadow is asked with the clients' tokens: each of its questions locks the guarantee for its client for a \
        minute, in v1.0 too where both share the lock. A token of its own avoids that.
        """

    private func service(
        _ base: BaseURL, over transport: HTTPTransport, store: GatewayStore
    ) throws -> BalanceService {
        var options = BalanceService.Options()
        options.answerWithin = settings.answerWithin
        options.keepFor = settings.keepFor
        options.lockFor = settings.lockFor
        options.reuseWithin = settings.reuseWithin
        let upstream = Upstream(
            base, over: transport, tokens: try settings.token.map { try surroundings.tokens($0, base, transport) },
            codec: codec, limits: settings.transportLimits, time: surroundings.time, logger: logger, metrics: registry)
        return BalanceService(
            upstream: upstream, codec: codec, store: store, key: try key(), holders: try holders(), options: options,
            time: surroundings.time, logger: logger)
    }
}

/// Asks again, once, what an earlier process was asking when it ended.
final class ResumeService: Service {
    private let service: BalanceService
    private let left: Mutex<[KeptRequest]>

    init(service: BalanceService, left: [KeptRequest]) {
        self.service = service
        self.left = Mutex(left)
    }

    func run() async throws {
        // They are not kept beyond that.
        let left = left.withLock { left in
            defer { left = [] }
            return left
        }
        await cancelWhenGracefulShutdown { [service] in await service.resume(left) }
        // A service that returns ends the others.
        try? await gracefulShutdown()
    }
}

extension GatewaySettings {
    /// The files that the gateway makes.
    var writtenFiles: [String] {
        var files = [storeFile, keyFile].compactMap(\.self)
        if case .file(let path) = accessLog { files.append(path) }
        if case .mirrored(let mirror) = service { files.append(mirror.evidenceFile) }
        return files
    }
}

import Foundation
import Logging
import Synchronization
import Testing
import Translation

@testable import GuaranteeClients

/// A clock that stands still but for those who sleep, and for tests that set it forward.
final class TokenClock: Sendable {
    static let start = Date(timeIntervalSince1970: 1_767_225_600)
    private let passed = Mutex(Duration.zero)

    var now: Date { Self.start.addingTimeInterval(Double(passed.withLock { $0.components.seconds })) }

    func advance(_ duration: Duration) { passed.withLock { $0 += duration } }

    var timekeeper: Timekeeper {
        Timekeeper(
            elapsed: { self.passed.withLock { $0 } }, date: { self.now },
            sleep: { duration in
                try Task.checkCancellation()
                self.advance(duration)
                await Task.yield()
            }, random: { $0.lowerBound })
    }
}

/// A folder of a test's own, removed with it.
final class TokenFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "nctsbridge-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var tokens: String { path + "/tokens.json" }
    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }

    /// Writes a file for the owner alone, and returns its path.
    @discardableResult
    func write(_ text: String, to name: String = "tokens.json", mode: mode_t = 0o600) throws -> String {
        let file = path + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        chmod(file, mode)
        return file
    }
}

extension TokenFile {
    /// A file of which one step of writing fails, as on a full disk.
    init(_ path: String, failingAt step: OwnerOnlyFile.Step) {
        self.init(path)
        beforeStep = { (next) throws(FileFault) in
            if next == step { throw FileFault(number: ENOSPC) }
        }
    }
}

/// The permissions of what a path leads to.
func permissions(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
}

/// What is logged, line by line.
struct RecordingLog: LogHandler {
    final class Lines: Sendable {
        private let all = Mutex<[String]>([])
        var texts: [String] { all.withLock { $0 } }
        func append(_ text: String) { all.withLock { $0.append(text) } }
    }

    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { lines.append("\(event.level): \(event.message)") }

    static func logger(_ lines: Lines = Lines()) -> Logger {
        Logger(label: "test") { _ in RecordingLog(lines: lines) }
    }
}

/// An authorisation server in memory: `refresh-0` is what it takes first, and each refresh token works once.
final class FakeAuthorisationServer: ExchangeTransport {
    enum Reply: Sendable {
        case grant
        case answer(Int, String)
        case failure(TransportError)
        /// The tokens are given, and the answer is lost.
        case lost
    }

    private struct State {
        var requests: [ExchangeRequest] = []
        var script: [Reply] = []
        var given = 0
        var used: [String] = []
        var isHeld = false
        var held: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>
    private let life: Int

    init(_ script: Reply..., life: Int = 14400) {
        state = Mutex(State(script: script))
        self.life = life
    }

    var requests: [ExchangeRequest] { state.withLock { $0.requests } }
    /// The refresh tokens that were used, in order.
    var used: [String] { state.withLock { $0.used } }

    func reply(_ script: Reply...) { state.withLock { $0.script += script } }

    /// Answers nothing until `release()`.
    func hold() { state.withLock { $0.isHeld = true } }

    func release() {
        let held = state.withLock { state in
            defer { state.held = [] }
            state.isHeld = false
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    /// Waits until so many requests have come.
    func reached(_ count: Int) async {
        while requests.count < count { await Task.yield() }
    }

    func send(
        _ request: ExchangeRequest, to base: BaseURL, limits: TransportLimits
    ) async throws(TransportError) -> ExchangeResponse {
        let reply = state.withLock { state in
            state.requests.append(request)
            return state.script.isEmpty ? .grant : state.script.removeFirst()
        }
        await withCheckedContinuation { continuation in
            let goesOn = state.withLock { state in
                if state.isHeld { state.held.append(continuation) }
                return !state.isHeld
            }
            if goesOn { continuation.resume() }
        }
        if Task.isCancelled { throw TransportError(.cancelled, nothingSent: false, "Cancelled.") }
        switch reply {
        case .grant: return grant(request)
        case .answer(let status, let body): return ExchangeResponse(status: status, body: Array(body.utf8))
        case .failure(let error): throw error
        case .lost:
            _ = grant(request)
            throw TransportError(.interrupted, nothingSent: false, "The connection ended.")
        }
    }

    private func grant(_ request: ExchangeRequest) -> ExchangeResponse {
        let fields = FormFields.decoded(String(decoding: request.body, as: UTF8.self)) ?? []
        let token = fields.first { $0.name == "refresh_token" }?.value
        let number = state.withLock { state -> Int? in
            if let token {
                state.used.append(token)
                guard token == "refresh-\(state.given)" else { return nil }
            }
            state.given += 1
            return state.given
        }
        guard let number else { return ExchangeResponse(status: 400, body: Array(#"{"error":"invalid_grant"}"#.utf8)) }
        let body =
            #"{"access_token":"access-\#(number)","refresh_token":"refresh-\#(number)","expires_in":\#(life),"#
            + #""scope":"some-scope","token_type":"bearer"}"#
        return ExchangeResponse(status: 200, body: Array(body.utf8))
    }
}

/// What the tests' tokens are for.
enum TokenValues {
    static var base: BaseURL {
        get throws { try BaseURL("https://test-api.service.hmrc.gov.uk") }
    }
    static let credentials = ClientCredentials(id: "the client", secret: Secret("s3cr&t"))

    static func client(_ transport: any ExchangeTransport, _ timekeeper: Timekeeper) throws -> OAuthClient {
        OAuthClient(transport: transport, base: try base, credentials: credentials, timekeeper: timekeeper)
    }

    /// The tokens that a fake server's `refresh-0` belongs to; got at the clock's start, lasting 4 hours.
    static func tokens(refresh: String? = "refresh-0") throws -> StoredTokens {
        StoredTokens(
            url: try base, clientID: credentials.id, accessToken: BearerToken("access-0"),
            refreshToken: refresh.map(Secret.init), obtainedAt: TokenClock.start,
            expiresAt: TokenClock.start.addingTimeInterval(14400), scope: "some-scope")
    }
}

import Foundation
import Synchronization
import Testing
import Translation

@testable import GuaranteeClients

/// A flag that a test sets while others read it.
final class AtomicFlag: Sendable {
    private let flag = Atomic(false)
    var value: Bool {
        get { flag.load(ordering: .sequentiallyConsistent) }
        set { flag.store(newValue, ordering: .sequentiallyConsistent) }
    }
}

@Suite struct `One refresh for many tasks` {
    @Test func `is what all of them wait for`() async throws {
        let setting = try RefreshingSetting()
        let source = try setting.source()
        setting.clock.advance(.seconds(14400))
        setting.server.hold()
        let tasks = (0..<50).map { number in
            Task {
                number % 2 == 0 ? try await source.token() : try await source.replacement(for: BearerToken("access-0"))
            }
        }
        await setting.server.reached(1)
        setting.server.release()
        for task in tasks { #expect(try await task.value?.secret == "access-1") }
        #expect(setting.server.used == ["refresh-0"])
    }

    @Test func `goes on when one who waits is cancelled, even the one who began it`() async throws {
        let setting = try RefreshingSetting()
        let source = try setting.source()
        setting.clock.advance(.seconds(14400))
        setting.server.hold()
        let first = Task { try await source.token() }
        await setting.server.reached(1)
        let second = Task { try await source.token() }
        let third = Task { try await source.token() }
        first.cancel()
        second.cancel()
        // They don't wait for the server.
        for task in [first, second] {
            #expect(try await setting.error { _ = try await task.value }.code == .cancelled)
        }
        setting.server.release()
        #expect(try await third.value.secret == "access-1")
        #expect(try setting.stored().refreshToken?.text == "refresh-1")
        #expect(setting.server.used == ["refresh-0"])
    }

    @Test func `is finished though nobody waits any more`() async throws {
        let setting = try RefreshingSetting()
        let source = try setting.source()
        setting.clock.advance(.seconds(14400))
        setting.server.hold()
        let only = Task { try await source.token() }
        await setting.server.reached(1)
        only.cancel()
        #expect(try await setting.error { _ = try await only.value }.code == .cancelled)
        setting.server.release()
        await source.settled()
        #expect(try setting.stored().accessToken.secret == "access-1")
    }

    @Test func `fails for all of them`() async throws {
        let setting = try RefreshingSetting(FakeAuthorisationServer(.answer(500, "")))
        let source = try setting.source()
        setting.clock.advance(.seconds(14400))
        setting.server.hold()
        let tasks = (0..<5).map { _ in Task { try await source.token() } }
        await setting.server.reached(1)
        setting.server.release()
        for task in tasks { #expect(try await setting.error { _ = try await task.value }.code == .unavailable) }
        #expect(setting.server.requests.count == 1)
    }
}

/// An authorisation server in a folder, for many programs: a refresh token is a file in `issued`, and using it makes
/// one in `used`; using it again makes one in `reused`.
struct SharedAuthorisationServer: ExchangeTransport {
    let folder: String

    /// Sets it up, and returns the first refresh token.
    static func make(in folder: String) throws -> String {
        for name in ["issued", "used", "reused"] {
            try FileManager.default.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
        }
        #expect(SharedAuthorisationServer(folder: folder).create("issued/refresh-0"))
        return "refresh-0"
    }

    func names(_ kind: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + kind)) ?? []
    }

    /// Whether the file was not there yet.
    private func create(_ name: String) -> Bool {
        let descriptor = open(folder + "/" + name, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { return false }
        close(descriptor)
        return true
    }

    func send(
        _ request: ExchangeRequest, to base: BaseURL, limits: TransportLimits
    ) async throws(TransportError) -> ExchangeResponse {
        let fields = FormFields.decoded(String(decoding: request.body, as: UTF8.self)) ?? []
        let token = fields.first { $0.name == "refresh_token" }?.value ?? ""
        guard access(folder + "/issued/" + token, F_OK) == 0, create("used/" + token) else {
            _ = create("reused/" + token)
            return ExchangeResponse(status: 400, body: Array(#"{"error":"invalid_grant"}"#.utf8))
        }
        let new = UUID().uuidString
        _ = create("issued/" + new)
        let body = #"{"access_token":"of-\#(new)","refresh_token":"\#(new)","expires_in":14400,"token_type":"bearer"}"#
        return ExchangeResponse(status: 200, body: Array(body.utf8))
    }

    /// What one program does: asks for a token, and has it refused, again and again.
    static func useTokens(in folder: String, rounds: Int) async throws {
        for _ in 0..<rounds {
            let source = try tokens(in: folder)
            let token = try await source.token()
            let replacement = try await source.replacement(for: token)
            #expect(replacement != nil)
            #expect(replacement != token)
        }
    }

    static func tokens(in folder: String) throws -> RefreshingTokens {
        RefreshingTokens(
            file: TokenFile(folder + "/tokens.json"), for: try TokenValues.base,
            client: try TokenValues.client(SharedAuthorisationServer(folder: folder), .system), timekeeper: .system,
            logger: RecordingLog.logger())
    }
}

@Suite struct `One refresh for many programs` {
    let folder: TokenFolder
    let server: SharedAuthorisationServer

    init() async throws {
        folder = try TokenFolder()
        server = SharedAuthorisationServer(folder: folder.path)
        let refresh = try SharedAuthorisationServer.make(in: folder.path)
        let tokens = StoredTokens(accessToken: BearerToken("access-0"), refreshToken: Secret(refresh))
        try await TokenFile(folder.tokens).store(tokens, timekeeper: .system)
    }

    /// No refresh token was used twice, and the file holds the only one that is left.
    private func check() throws {
        #expect(server.names("reused") == [])
        let left = Set(server.names("issued")).subtracting(server.names("used"))
        let stored = try TokenFile(folder.tokens).contents()
        #expect(left == [stored.refreshToken?.text])
        #expect(stored.refreshSentAt == nil)
        #expect(permissions(folder.tokens) == 0o600)
    }

    @Test func `that all have tokens refused`() async throws {
        let path = folder.path
        await withTaskGroup { group in
            for _ in 0..<6 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [path = path as String] in
                        try await SharedAuthorisationServer.useTokens(in: path, rounds: 20)
                    }
                }
            }
        }
        try check()
        #expect(server.names("used").count >= 20)
    }

    @Test func `or many sources in one of them`() async throws {
        let path = folder.path
        try await withThrowingTaskGroup { group in
            for _ in 0..<24 {
                group.addTask { try await SharedAuthorisationServer.useTokens(in: path, rounds: 5) }
            }
            try await group.waitForAll()
        }
        try check()
        #expect(server.names("used").count >= 5)
    }

    @Test(arguments: OwnerOnlyFile.Step.allCases)
    func `one of which is killed while it stores new tokens`(step: OwnerOnlyFile.Step) async throws {
        let path = folder.path
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, step = step as OwnerOnlyFile.Step] in
            let server = SharedAuthorisationServer(folder: path)
            var file = TokenFile(path + "/tokens.json")
            file.beforeStep = { (next) throws(FileFault) in
                if next == step, !server.names("used").isEmpty { kill(getpid(), SIGKILL) }
            }
            let source = RefreshingTokens(
                file: file, for: try TokenValues.base, client: try TokenValues.client(server, .system),
                timekeeper: .system)
            _ = try await source.replacement(for: BearerToken("access-0"))
        }
        #expect(server.names("used") == ["refresh-0"])
        let source = try SharedAuthorisationServer.tokens(in: path)
        if step == .syncFolder {
            // The new tokens had their place already.
            let new = try #require(try await source.replacement(for: BearerToken("access-0")))
            #expect(try await source.token() == new)
            try check()
        } else {
            let error = try await #require(throws: TokenError.self) {
                try await source.replacement(for: BearerToken("access-0"))
            }
            #expect(error.code == .answerLost)
            #expect(server.names("reused") == [])
        }
    }
}

import Foundation
import Logging
import Testing

@testable import GuaranteeClients

/// A token file at the clock's start, and what refreshes it.
struct RefreshingSetting {
    let folder: TokenFolder
    let clock = TokenClock()
    let server: FakeAuthorisationServer
    let lines = RecordingLog.Lines()

    init(_ server: FakeAuthorisationServer = FakeAuthorisationServer(), tokens: StoredTokens? = nil) throws {
        folder = try TokenFolder()
        self.server = server
        try write(tokens ?? TokenValues.tokens())
    }

    var path: String { folder.tokens }

    func write(_ tokens: StoredTokens) throws {
        try folder.write(String(decoding: tokens.json, as: UTF8.self))
    }

    func stored() throws -> StoredTokens { try TokenFile(path).contents() }

    func source(file: TokenFile? = nil, timekeeper: Timekeeper? = nil) throws -> RefreshingTokens {
        RefreshingTokens(
            file: file ?? TokenFile(path), for: try TokenValues.base,
            client: try TokenValues.client(server, clock.timekeeper), timekeeper: timekeeper ?? clock.timekeeper,
            logger: RecordingLog.logger(lines))
    }

    func error(_ body: () async throws -> Void) async throws -> TokenError {
        try await #require(throws: TokenError.self) { try await body() }
    }
}

@Suite struct `Tokens of a file` {
    @Test func `are given as they are while they last`() async throws {
        let setting = try RefreshingSetting()
        let source = try setting.source()
        #expect(try await source.token().secret == "access-0")
        setting.clock.advance(.seconds(14400 - 300))
        #expect(try await source.token().secret == "access-0")
        #expect(setting.server.requests.isEmpty)
        #expect(setting.folder.names == ["tokens.json"])
    }

    @Test func `are refreshed five minutes ahead of their end, and stored`() async throws {
        let setting = try RefreshingSetting()
        let source = try setting.source()
        setting.clock.advance(.seconds(14400 - 299))
        #expect(try await source.token().secret == "access-1")
        var expected = try TokenValues.tokens(refresh: "refresh-1")
        expected.accessToken = BearerToken("access-1")
        expected.obtainedAt = setting.clock.now
        expected.expiresAt = setting.clock.now.addingTimeInterval(14400)
        #expect(try setting.stored() == expected)
        #expect(permissions(setting.path) == 0o600)
        #expect(try await source.token().secret == "access-1")
        #expect(try await setting.source().token().secret == "access-1")
        #expect(setting.server.used == ["refresh-0"])
        #expect(setting.lines.texts == [])
    }

    @Test func `that last a short time are refreshed when a tenth of it is left`() async throws {
        var tokens = try TokenValues.tokens()
        tokens.expiresAt = TokenClock.start.addingTimeInterval(600)
        let setting = try RefreshingSetting(FakeAuthorisationServer(life: 100), tokens: tokens)
        let source = try setting.source()
        setting.clock.advance(.seconds(540))
        #expect(try await source.token().secret == "access-0")
        setting.clock.advance(.seconds(1))
        #expect(try await source.token().secret == "access-1")
        setting.clock.advance(.seconds(90))
        #expect(try await source.token().secret == "access-1")
        setting.clock.advance(.seconds(1))
        #expect(try await source.token().secret == "access-2")
        #expect(setting.server.used == ["refresh-0", "refresh-1"])
    }

    @Test func `that end at once are due at once`() throws {
        var tokens = try TokenValues.tokens()
        for seconds in [0.0, -1000] {
            tokens.expiresAt = TokenClock.start.addingTimeInterval(seconds)
            #expect(tokens.isDue(at: TokenClock.start))
            #expect(tokens.hasExpired(at: TokenClock.start))
        }
        tokens.expiresAt = nil
        #expect(!tokens.isDue(at: .distantFuture))
    }

    @Test func `are on disk before they are used, and what is sent is written down before it goes`() async throws {
        let setting = try RefreshingSetting()
        setting.clock.advance(.seconds(14400))
        setting.server.hold()
        let source = try setting.source()
        let token = Task { try await source.token() }
        await setting.server.reached(1)
        var marked = try TokenValues.tokens()
        marked.refreshSentAt = setting.clock.now
        #expect(try setting.stored() == marked)
        setting.server.release()
        #expect(try await token.value.secret == "access-1")
        #expect(try setting.stored().refreshToken?.text == "refresh-1")
        #expect(try setting.stored().refreshSentAt == nil)
    }

    @Test func `that another program has refreshed are taken over`() async throws {
        let setting = try RefreshingSetting()
        let (first, second) = (try setting.source(), try setting.source())
        _ = try await first.token()
        setting.clock.advance(.seconds(14400))
        #expect(try await second.token().secret == "access-1")
        #expect(try await first.token().secret == "access-1")
        #expect(setting.server.used == ["refresh-0"])
    }

    @Test func `need no refresh token, until their end`() async throws {
        let setting = try RefreshingSetting(tokens: TokenValues.tokens(refresh: nil))
        let source = try setting.source()
        setting.clock.advance(.seconds(14399))
        #expect(try await source.token().secret == "access-0")
        #expect(try await source.replacement(for: BearerToken("access-0")) == nil)
        setting.clock.advance(.seconds(60))
        let error = try await setting.error { _ = try await source.token() }
        #expect(error.code == .missing)
        #expect(error.message.contains("nctsbridge login"))
        // A login meanwhile helps.
        var tokens = try TokenValues.tokens()
        tokens.accessToken = BearerToken("of-login")
        tokens.expiresAt = setting.clock.now.addingTimeInterval(14400)
        try setting.write(tokens)
        setting.clock.advance(RefreshingTokens.pause)
        #expect(try await source.token().secret == "of-login")
    }

    @Test func `without an application are used as they are`() async throws {
        let setting = try RefreshingSetting()
        let source = RefreshingTokens(
            file: TokenFile(setting.path), for: try TokenValues.base, client: nil, timekeeper: setting.clock.timekeeper,
            logger: RecordingLog.logger())
        #expect(try await source.token().secret == "access-0")
        #expect(try await source.replacement(for: BearerToken("access-0")) == nil)
        setting.clock.advance(.seconds(14399))
        #expect(try await source.token().secret == "access-0")
        setting.clock.advance(.seconds(60))
        let error = try await setting.error { _ = try await source.token() }
        #expect(error.code == .missing)
        #expect(error.message.contains("client id"))
        #expect(setting.folder.names == ["tokens.json"])
    }

    @Test func `can be a bare token, read again when it is refused`() async throws {
        let setting = try RefreshingSetting()
        try setting.folder.write("bare-0\n")
        let source = try setting.source()
        setting.clock.advance(.seconds(1_000_000))
        #expect(try await source.token().secret == "bare-0")
        #expect(try await source.replacement(for: BearerToken("bare-0")) == nil)
        try setting.folder.write("bare-1\n")
        #expect(try await source.token().secret == "bare-0")
        #expect(try await source.replacement(for: BearerToken("bare-0"))?.secret == "bare-1")
        #expect(try await source.token().secret == "bare-1")
    }

    @Test func `go to no other place, and under no other application`() async throws {
        var tokens = try TokenValues.tokens()
        tokens.url = try BaseURL("https://api.service.hmrc.gov.uk")
        let setting = try RefreshingSetting(tokens: tokens)
        var error = try await setting.error { _ = try await setting.source().token() }
        #expect(error.code == .missing)
        #expect(error.message.contains("https://api.service.hmrc.gov.uk"))
        tokens.url = try BaseURL("https://TEST-api.service.hmrc.gov.uk:443/")
        tokens.clientID = "another"
        try setting.write(tokens)
        let source = try setting.source()
        #expect(try await source.token().secret == "access-0")
        setting.clock.advance(.seconds(14400))
        error = try await setting.error { _ = try await source.token() }
        #expect(error.code == .missing)
        #expect(error.message.contains("another"))
        #expect(setting.server.requests.isEmpty)
    }

    @Test func `that can't be read say so`() async throws {
        let setting = try RefreshingSetting()
        chmod(setting.path, 0o644)
        #expect(try await setting.error { _ = try await setting.source().token() }.code == .unsafeFile)
        #expect(
            try await setting.error { _ = try await setting.source().replacement(for: BearerToken("x")) }.code
                == .unsafeFile)
        unlink(setting.path)
        #expect(try await setting.error { _ = try await setting.source().token() }.code == .missing)
    }
}

@Suite struct `A refused token` {
    @Test func `is replaced by a refresh`() async throws {
        let setting = try RefreshingSetting()
        let source = try setting.source()
        let refused = try await source.token()
        #expect(try await source.replacement(for: refused)?.secret == "access-1")
        #expect(try await source.token().secret == "access-1")
        #expect(setting.server.used == ["refresh-0"])
    }

    @Test func `is replaced by what is there already`() async throws {
        let setting = try RefreshingSetting()
        let (first, second) = (try setting.source(), try setting.source())
        let refused = try await first.token()
        _ = try await second.replacement(for: refused)
        #expect(try await first.replacement(for: refused)?.secret == "access-1")
        #expect(try await second.replacement(for: refused)?.secret == "access-1")
        #expect(setting.server.used == ["refresh-0"])
    }

    @Test func `that had just come in place of another is not replaced at once`() async throws {
        let setting = try RefreshingSetting()
        let source = try setting.source()
        let first = try #require(try await source.replacement(for: BearerToken("access-0")))
        #expect(try await source.replacement(for: first) == nil)
        setting.clock.advance(.seconds(60))
        #expect(try await source.replacement(for: first)?.secret == "access-2")
        #expect(setting.server.used == ["refresh-0", "refresh-1"])
    }

    @Test func `is not given again for want of an answer`() async throws {
        let setting = try RefreshingSetting(FakeAuthorisationServer(.answer(503, "")))
        let source = try setting.source()
        let refused = try await source.token()
        #expect(try await setting.error { _ = try await source.replacement(for: refused) }.code == .unavailable)
    }

    @Test func `is refreshed though the refresh under way was for another reason`() async throws {
        let setting = try RefreshingSetting()
        let source = try setting.source()
        setting.clock.advance(.seconds(14400))
        setting.server.hold()
        let token = Task { try await source.token() }
        await setting.server.reached(1)
        // Whoever was told access-1 elsewhere, and had it refused, joins a refresh that brings just that.
        let replacement = Task { try await source.replacement(for: BearerToken("access-1")) }
        await setting.server.reached(1)
        setting.server.release()
        #expect(try await token.value.secret == "access-1")
        #expect(try await replacement.value?.secret == "access-2")
    }
}

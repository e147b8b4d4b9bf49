import Foundation
import Testing

@testable import GuaranteeClients

@Suite struct `A refresh that fails` {
    private static let lost = TransportError(.timedOut, nothingSent: false, "The time is over.")
    private static let closed = TransportError(.notConnected, nothingSent: true, "The port is closed.")

    @Test func `leaves the present token in use while it lasts, and is noted`() async throws {
        let setting = try RefreshingSetting(
            FakeAuthorisationServer(.answer(503, ""), .answer(503, ""), .answer(503, "")))
        let source = try setting.source()
        setting.clock.advance(.seconds(14400 - 30))
        for _ in 1...3 { #expect(try await source.token().secret == "access-0") }
        #expect(setting.server.requests.count == 1)
        #expect(setting.lines.texts.count == 1)
        #expect(setting.lines.texts.allSatisfy { $0.hasPrefix("warning: ") && $0.contains("503") })
        setting.clock.advance(RefreshingTokens.pause)
        #expect(try await source.token().secret == "access-0")
        setting.clock.advance(RefreshingTokens.pause)
        #expect(try await source.token().secret == "access-0")
        setting.clock.advance(RefreshingTokens.pause)
        #expect(try await source.token().secret == "access-1")
        #expect(setting.server.used == ["refresh-0"])
    }

    @Test func `is thrown once the present token has ended, and tried again later`() async throws {
        let setting = try RefreshingSetting(FakeAuthorisationServer(.answer(503, "")))
        let source = try setting.source()
        setting.clock.advance(.seconds(14400))
        for _ in 1...2 { #expect(try await setting.error { _ = try await source.token() }.code == .unavailable) }
        #expect(setting.server.requests.count == 1)
        // Nobody takes the refresh token for used up.
        #expect(try setting.stored() == TokenValues.tokens())
        setting.clock.advance(RefreshingTokens.pause)
        #expect(try await source.token().secret == "access-1")
    }

    @Test func `for want of a connection can be made up for by any program`() async throws {
        let setting = try RefreshingSetting(
            FakeAuthorisationServer(.failure(Self.closed), .failure(Self.closed), .failure(Self.closed)))
        setting.clock.advance(.seconds(14400))
        let source = try setting.source()
        #expect(try await setting.error { _ = try await source.token() }.code == .unavailable)
        #expect(try await setting.source().token().secret == "access-1")
        #expect(setting.server.used == ["refresh-0"])
    }

    @Test func `because its answer was lost is tried again by no program`() async throws {
        let setting = try RefreshingSetting(FakeAuthorisationServer(.lost))
        let source = try setting.source()
        setting.clock.advance(.seconds(14400 - 30))
        #expect(try await source.token().secret == "access-0")
        setting.clock.advance(.seconds(30))
        for _ in 1...3 {
            for source in [source, try setting.source()] {
                let error = try await setting.error { _ = try await source.token() }
                #expect(error.code == .answerLost)
                #expect(error.message.contains("nctsbridge login"))
            }
            setting.clock.advance(RefreshingTokens.pause)
        }
        #expect(setting.server.requests.count == 1)
        #expect(setting.server.used == ["refresh-0"])
    }

    @Test func `because its answer was lost is over with a login`() async throws {
        let setting = try RefreshingSetting(FakeAuthorisationServer(.lost))
        let source = try setting.source()
        setting.clock.advance(.seconds(14400))
        #expect(try await setting.error { _ = try await source.token() }.code == .answerLost)
        var tokens = try TokenValues.tokens(refresh: "refresh-1")
        tokens.accessToken = BearerToken("of-login")
        tokens.expiresAt = setting.clock.now.addingTimeInterval(14400)
        try await TokenFile(setting.path).store(tokens, timekeeper: setting.clock.timekeeper)
        setting.clock.advance(RefreshingTokens.pause)
        #expect(try await source.token().secret == "of-login")
        setting.clock.advance(.seconds(14400))
        #expect(try await source.token().secret == "access-2")
        #expect(setting.server.used == ["refresh-0", "refresh-1"])
    }

    @Test func `for good is asked once`() async throws {
        let setting = try RefreshingSetting(FakeAuthorisationServer(.answer(400, #"{"error":"invalid_grant"}"#)))
        let source = try setting.source()
        setting.clock.advance(.seconds(14400))
        for _ in 1...3 {
            let error = try await setting.error { _ = try await source.token() }
            #expect(error.code == .refused)
            #expect(error.message.contains("nctsbridge login"))
            setting.clock.advance(RefreshingTokens.pause)
        }
        #expect(setting.server.requests.count == 1)
        // Another program may have the right secret.
        #expect(try await setting.source().token().secret == "access-1")
        #expect(try await source.token().secret == "access-1")
    }

    @Test(arguments: OwnerOnlyFile.Step.allCases)
    func `because the file can't be written uses nothing up`(step: OwnerOnlyFile.Step) async throws {
        let setting = try RefreshingSetting()
        let source = try setting.source(file: TokenFile(setting.path, failingAt: step))
        setting.clock.advance(.seconds(14400 - 30))
        #expect(try await source.token().secret == "access-0")
        setting.clock.advance(.seconds(30))
        let error = try await setting.error { _ = try await source.token() }
        #expect(error.code == .cantStore)
        #expect(error.message.contains("No refresh was tried"))
        #expect(setting.server.requests.isEmpty)
        #expect(try setting.stored() == TokenValues.tokens())
    }
}

@Suite struct `New tokens that can't be stored` {
    /// A file on a disk that is full from now on, or not.
    private final class Disk: Sendable {
        let isFull = AtomicFlag()
        func file(_ path: String) -> TokenFile {
            var file = TokenFile(path)
            file.beforeStep = { [self] (step) throws(FileFault) in
                if step == .sync, isFull.value { throw FileFault(number: ENOSPC) }
            }
            return file
        }
    }

    private let setting: RefreshingSetting
    private let disk = Disk()
    private let source: RefreshingTokens

    init() throws {
        setting = try RefreshingSetting()
        source = try setting.source(file: disk.file(setting.path))
    }

    /// Lets the disk fill up while the server answers.
    private func refreshInVain() async throws -> [TokenError] {
        setting.clock.advance(.seconds(14400 - 30))
        setting.server.hold()
        let asking = (1...2).map { _ in Task { try await source.token() } }
        await setting.server.reached(1)
        disk.isFull.value = true
        setting.server.release()
        var errors: [TokenError] = []
        for task in asking {
            do { _ = try await task.value } catch let error as TokenError { errors.append(error) }
        }
        return errors
    }

    @Test func `are an error for all who waited, and then used from memory`() async throws {
        let errors = try await refreshInVain()
        #expect(errors.map(\.code) == [.cantStore, .cantStore])
        #expect(errors.allSatisfy { $0.message.contains("used up") && $0.message.contains(setting.path) })
        for _ in 1...3 {
            #expect(try await source.token().secret == "access-1")
            setting.clock.advance(RefreshingTokens.pause)
        }
        #expect(try await source.replacement(for: BearerToken("access-0"))?.secret == "access-1")
        #expect(setting.server.used == ["refresh-0"])
        #expect(try setting.stored().accessToken.secret == "access-0")
        #expect(setting.lines.texts.count == 3)
    }

    @Test func `are stored as soon as that can be done`() async throws {
        _ = try await refreshInVain()
        disk.isFull.value = false
        #expect(try await source.token().secret == "access-1")
        #expect(try setting.stored().accessToken.secret == "access-0")
        setting.clock.advance(RefreshingTokens.pause)
        #expect(try await source.token().secret == "access-1")
        #expect(try setting.stored().refreshToken?.text == "refresh-1")
        #expect(try await setting.source().token().secret == "access-1")
        #expect(setting.server.used == ["refresh-0"])
    }

    @Test func `are refreshed from memory`() async throws {
        _ = try await refreshInVain()
        setting.clock.advance(.seconds(14400))
        #expect(try await setting.error { _ = try await source.token() }.code == .cantStore)
        #expect(try await source.token().secret == "access-2")
        disk.isFull.value = false
        setting.clock.advance(RefreshingTokens.pause)
        #expect(try await source.token().secret == "access-2")
        #expect(try setting.stored().refreshToken?.text == "refresh-2")
        #expect(setting.server.used == ["refresh-0", "refresh-1"])
    }

    @Test func `are given up for those of a login`() async throws {
        _ = try await refreshInVain()
        var tokens = try TokenValues.tokens(refresh: "refresh-9")
        tokens.accessToken = BearerToken("of-login")
        tokens.expiresAt = setting.clock.now.addingTimeInterval(14400)
        try setting.write(tokens)
        disk.isFull.value = false
        setting.clock.advance(RefreshingTokens.pause)
        #expect(try await source.token().secret == "of-login")
        #expect(try setting.stored() == tokens)
    }

    @Test func `keep other programs from using the old refresh token again`() async throws {
        _ = try await refreshInVain()
        setting.clock.advance(.seconds(30))
        #expect(try await setting.error { _ = try await setting.source().token() }.code == .answerLost)
        #expect(setting.server.used == ["refresh-0"])
    }
}

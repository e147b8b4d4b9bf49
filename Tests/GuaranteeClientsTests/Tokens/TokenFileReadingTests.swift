import Foundation
import Testing

@testable import GuaranteeClients

@Suite struct `Reading a token file` {
    let folder: TokenFolder

    init() throws {
        folder = try TokenFolder()
    }

    private func error(_ path: String) throws -> TokenError {
        try #require(throws: TokenError.self) { try TokenFile(path).contents() }
    }

    @Test func `gives what a login wrote`() throws {
        let path = try folder.write(
            """
            {"version":1,"url":"https://test-api.service.hmrc.gov.uk","clientId":"the client","accessToken":"access-0",
             "refreshToken":"refresh-0","obtainedAt":"2026-01-01T00:00:00Z","expiresAt":"2026-01-01T04:00:00.000Z",
             "scope":"some-scope","later":[1]}
            """)
        #expect(try TokenFile(path).contents() == TokenValues.tokens())
    }

    @Test(arguments: ["abc.def", "\n abc.def\r\n"])
    func `takes a bare token`(text: String) throws {
        let path = try folder.write(text)
        #expect(try TokenFile(path).contents() == StoredTokens(accessToken: BearerToken("abc.def")))
    }

    @Test func `needs an access token and the version alone`() throws {
        let path = try folder.write("\u{FEFF} {\"version\":1,\"accessToken\":\"a\",\"refreshToken\":null}")
        #expect(try TokenFile(path).contents() == StoredTokens(accessToken: BearerToken("a")))
    }

    @Test(arguments: [
        (#"{"version":1"#, TokenError.Code.malformedFile), (#"{"version":2,"accessToken":"hidden"}"#, .malformedFile),
        (#"{"accessToken":"hidden"}"#, .malformedFile), (#"{"version":1,"refreshToken":"hidden"}"#, .malformedFile),
        (#"{"version":1,"accessToken":7}"#, .malformedFile),
        (#"{"version":1,"accessToken":"hidden","expiresAt":"tomorrow"}"#, .malformedFile),
        (#"{"version":1,"accessToken":"hidden","url":"http://example.org"}"#, .malformedFile),
        (#"{"version":1,"accessToken":"hidden","url":7}"#, .malformedFile),
        (#"{"version":1,"accessToken":"hid den"}"#, .malformed), ("hid den", .malformed), ("hidden\u{1}x", .malformed),
        ("", .missing), (" \n", .missing), (String(repeating: "x", count: 65_537), .malformedFile),
    ])
    func `refuses what is no token, and doesn't show it`(text: String, code: TokenError.Code) throws {
        let error = try error(folder.write(text))
        #expect(error.code == code)
        #expect(error.message.contains(folder.tokens))
        #expect(!error.message.contains("hid"))
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o644] as [mode_t])
    func `refuses one that others may use, and says what to do`(mode: mode_t) throws {
        let error = try error(folder.write("abc", mode: mode))
        #expect(error.code == .unsafeFile)
        #expect(error.message.contains("chmod 600"))
        #expect(throws: Never.self) { try TokenFile(folder.write("abc", mode: 0o400)).contents() }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
    func `refuses another user's`() throws {
        let path = try folder.write("abc")
        try #require(chown(path, 4711, 4711) == 0)
        let error = try error(path)
        #expect(error.code == .unsafeFile)
        #expect(error.message.contains("another user"))
    }

    @Test func `follows a link`() throws {
        try folder.write("abc", to: "real")
        #expect(symlink("real", folder.tokens) == 0)
        #expect(try TokenFile(folder.tokens).contents().accessToken.secret == "abc")
    }

    @Test func `says that there is none`() throws {
        let error = try error(folder.tokens)
        #expect(error.code == .missing)
        #expect(error.message.contains("nctsbridge login"))
        #expect(symlink("nowhere", folder.tokens) == 0)
        #expect(try self.error(folder.tokens).code == .missing)
    }

    @Test func `refuses what is no file`() throws {
        #expect(try error(folder.path).code == .unsafeFile)
        #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
        #expect(try error(folder.path + "/pipe").code == .unsafeFile)
        #expect(try error(folder.write("abc") + "/below").code == .unsafeFile)
    }
}

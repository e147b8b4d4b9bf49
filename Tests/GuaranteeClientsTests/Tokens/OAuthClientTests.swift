import Foundation
import Testing
import Translation

@testable import GuaranteeClients

@Suite struct `Asking for tokens` {
    let clock = TokenClock()

    private func client(_ server: FakeAuthorisationServer) throws -> OAuthClient {
        try TokenValues.client(server, clock.timekeeper)
    }

    private func error(_ reply: FakeAuthorisationServer.Reply) async throws -> TokenError {
        let client = try client(FakeAuthorisationServer(reply))
        return try await #require(throws: TokenError.self) {
            try await client.tokens(refreshing: Secret("r/1"))
        }
    }

    @Test func `for a code`() async throws {
        let server = FakeAuthorisationServer()
        let tokens = try await client(server).tokens(for: Secret("c+1"), redirectURI: "http://localhost:8080/?a=ü")
        var expected = try TokenValues.tokens(refresh: "refresh-1")
        expected.accessToken = BearerToken("access-1")
        #expect(tokens == expected)
        let request = try #require(server.requests.first)
        #expect(request.method == "POST")
        #expect(request.path == "/oauth/token")
        #expect(request.headers["content-type"] == "application/x-www-form-urlencoded")
        #expect(request.headers["accept"] == "application/json")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "client_id=the%20client&client_secret=s3cr%26t&grant_type=authorization_code"
                + "&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2F%3Fa%3D%C3%BC&code=c%2B1")
    }

    @Test func `with a refresh token`() async throws {
        let server = FakeAuthorisationServer()
        let tokens = try await client(server).tokens(refreshing: Secret("refresh-0"))
        #expect(tokens.accessToken.secret == "access-1")
        #expect(tokens.refreshToken?.text == "refresh-1")
        #expect(
            String(decoding: server.requests[0].body, as: UTF8.self)
                == "client_id=the%20client&client_secret=s3cr%26t&grant_type=refresh_token&refresh_token=refresh-0")
    }

    @Test(arguments: [
        (#"{"access_token":"a","token_type":"BEARER","expires_in":60}"#, 60.0),
        (#"{"access_token":"a","expires_in":"60"}"#, 60), (#"{"access_token":"a","expires_in":60.0,"x":{}}"#, 60),
        (#"{"access_token":"a"}"#, nil), (#"{"access_token":"a","expires_in":-1}"#, nil),
        (#"{"access_token":"a","expires_in":1e300}"#, nil), (#"{"access_token":"a","expires_in":null}"#, nil),
    ])
    func `takes answers that say less or say it otherwise`(body: String, life: Double?) async throws {
        let tokens = try await client(FakeAuthorisationServer(.answer(200, body))).tokens(refreshing: Secret("r"))
        #expect(tokens.accessToken.secret == "a")
        #expect(tokens.refreshToken == nil)
        #expect(tokens.expiresAt == life.map { TokenClock.start.addingTimeInterval($0) })
    }

    @Test(arguments: [
        "", "[]", "<html>", #"{"access_token":""}"#, #"{"refresh_token":"hidden"}"#, #"{"access_token":"hid den"}"#,
        #"{"access_token":{"a":1}}"#, #"{"access_token":"hidden","token_type":"mac"}"#,
    ])
    func `and getting no usable answer: the refresh token is used up`(body: String) async throws {
        let error = try await error(.answer(200, body))
        #expect(error.code == .answerLost)
        #expect(error.message.contains("nctsbridge login"))
        #expect(!error.message.contains("hid"))
    }

    @Test(arguments: [
        (400, #"{"error":"invalid_grant","error_description":"refresh token is invalid"}"#, "log in again"),
        (400, #"{"error":"invalid_request"}"#, "log in again"),
        (401, #"{"error":"invalid_client","error_description":"no"}"#, "client secret"),
        (403, #"{"code":"RESOURCE_FORBIDDEN","message":"The application is blocked"}"#, "the address"),
        (404, "<html>", "the address"), (302, "", "the address"),
    ])
    func `and being refused says what to do`(status: Int, body: String, advice: String) async throws {
        let server = FakeAuthorisationServer(.answer(status, body))
        let client = try client(server)
        let error = try await #require(throws: TokenError.self) { try await client.tokens(refreshing: Secret("r")) }
        #expect(error.code == .refused)
        #expect(error.message.contains("\(status)"))
        #expect(error.message.lowercased().contains(advice))
        #expect(server.requests.count == 1)
    }

    @Test func `and being refused repeats the reason, but no secret`() async throws {
        let error = try await error(
            .answer(
                400,
                #"{"error":"invalid_grant","error_description":"r/1 (R%2f1) of s3cr&t\nis\u0000 out of date é"}"#))
        #expect(error.message.contains("invalid_grant, **** (****) of ****is out of date )"))
        let long = try await self.error(.answer(400, #"{"error":"\#(String(repeating: "x", count: 5000))"}"#))
        #expect(long.message.utf8.count < 500)
    }

    @Test(arguments: [429, 500, 502, 503, 504])
    func `and the server being in trouble`(status: Int) async throws {
        let error = try await error(.answer(status, #"{"code":"SERVER_ERROR","message":"Wait"}"#))
        #expect(error.code == .unavailable)
        #expect(error.message.contains("\(status), SERVER_ERROR, Wait"))
    }

    @Test(arguments: [TransportError.Code.interrupted, .timedOut, .tooLarge, .malformed, .cancelled, .tls, .proxy])
    func `and losing the answer: that is never tried again`(code: TransportError.Code) async throws {
        let server = FakeAuthorisationServer(.failure(TransportError(code, nothingSent: false, "It broke.")))
        let client = try client(server)
        let error = try await #require(throws: TokenError.self) { try await client.tokens(refreshing: Secret("r/1")) }
        #expect(error.code == .answerLost)
        #expect(error.message.contains("It broke."))
        #expect(error.message.contains("nctsbridge login"))
        #expect(server.requests.count == 1)
    }

    @Test func `again where nothing was sent`() async throws {
        let failure = TransportError(.notConnected, nothingSent: true, "The port is closed.")
        let server = FakeAuthorisationServer(.failure(failure), .failure(failure), .grant)
        let tokens = try await client(server).tokens(refreshing: Secret("refresh-0"))
        #expect(tokens.refreshToken?.text == "refresh-1")
        #expect(server.requests.count == 3)
        #expect(server.used == ["refresh-0"])
        // The token's life counts from the attempt that came through.
        #expect(tokens.obtainedAt == TokenClock.start.addingTimeInterval(3))
    }

    @Test func `three times at most`() async throws {
        let failure = TransportError(.timedOut, nothingSent: true, "No connection.")
        let server = FakeAuthorisationServer(.failure(failure), .failure(failure), .failure(failure))
        let client = try client(server)
        let error = try await #require(throws: TokenError.self) { try await client.tokens(refreshing: Secret("r")) }
        #expect(error.code == .unavailable)
        #expect(server.requests.count == 3)
    }

    @Test(arguments: [
        (TransportError.Code.tls, TokenError.Code.unavailable), (.proxy, .unavailable), (.cancelled, .cancelled),
    ])
    func `once where another attempt would change nothing`(code: TransportError.Code, expected: TokenError.Code)
        async throws
    {
        let server = FakeAuthorisationServer(.failure(TransportError(code, nothingSent: true, "No.")))
        let client = try client(server)
        let error = try await #require(throws: TokenError.self) { try await client.tokens(refreshing: Secret("r")) }
        #expect(error.code == expected)
        #expect(server.requests.count == 1)
    }
}

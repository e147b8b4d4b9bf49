import GuaranteeAdapter
import Testing

@Suite struct `A request that v2.0 answers` {
    @Test func `is put to v2.0 in v2.0's words`() async throws {
        let fixture = try AdapterFixture()
        _ = await fixture.submit()
        let request = try #require(fixture.service.requests.first)
        #expect(fixture.service.requests.count == 1)
        #expect(request.method == "POST")
        #expect(request.url == "https://api.example.org/customs/guarantees/23GB0000010000854/balance")
        let headers = Dictionary(
            request.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $0 + $1 })
        #expect(headers["authorization"] == "Bearer \(AdapterFixture.token)")
        #expect(headers["accept"] == "application/vnd.hmrc.2.0+json")
        #expect(headers["content-type"] == "application/json")
        #expect(String(decoding: request.body, as: UTF8.self) == #"{"accessCode":"Zq7x"}"#)
    }

    @Test(arguments: ["262626", "12345678.90", "12345678.9", "0.10", "1.0E7", "100000000000000000000.01", "0"])
    func `keeps the spelling of its amount`(amount: String) async throws {
        let fixture = try AdapterFixture(PlayedService(.balance(amount)))
        let response = try await fixture.adapter.submit(.about())
        guard case .success(let balance) = response else {
            Issue.record("\(response)")
            return
        }
        #expect(balance.amount.lexeme == amount)
        #expect(balance.currency == "GBP")
    }

    @Test func `has no currency where v2.0 told none`() async throws {
        let fixture = try AdapterFixture(PlayedService(.balance("5", currency: nil)))
        #expect(try await fixture.adapter.submit(.about()) == .success(Balance(amount: #require(Amount("5")))))
    }

    @Test(arguments: [
        (
            AdapterResponse.notFound,
            ["12 GRR(1).Guarantee reference number (GRN)", "12 GRR(1).ACC(1).Access code"]
        ),
        (
            .error(400, "INVALID_GUARANTEE_TYPE", "Guarantee type is not supported."),
            ["14 GRR(1).GQY(1).Query identifier R261"]
        ),
        (
            .error(400, "BAD_REQUEST", "The guarantee reference number is not in the correct format."),
            ["12 GRR(1).Guarantee reference number (GRN)"]
        ),
        (
            .error(400, "BAD_REQUEST", "The guarantee reference number must be for a GB or XI guarantee."),
            ["12 GRR(1).Guarantee reference number (GRN)"]
        ),
    ])
    func `is refused for the reasons that v1.0 gave`(answer: AdapterResponse, reasons: [String]) async throws {
        let fixture = try AdapterFixture(PlayedService(answer))
        #expect(await fixture.submit().reasons == reasons)
    }

    @Test func `is refused unasked where its GRN fits in no path`() async throws {
        let fixture = try AdapterFixture()
        #expect(
            await fixture.submit(.about("23GB00000100008É4")).reasons == ["12 GRR(1).Guarantee reference number (GRN)"])
        #expect(fixture.service.requests.isEmpty)
    }

    @Test(arguments: [
        (
            AdapterResponse.error(401, "INVALID_CREDENTIALS", "Invalid Authentication information provided"),
            "401 INVALID_CREDENTIALS"
        ),
        (.error(403, "INVALID_SCOPE", "no"), "403 INVALID_SCOPE"),
        (.error(503, "SERVER_ERROR", "Service unavailable"), "503 SERVER_ERROR"),
        (.error(504, "GATEWAY_TIMEOUT", "Request timed out"), "504 GATEWAY_TIMEOUT"),
        (.throttled, "429 TOO_MANY_REQUESTS"),
        (.serverError, "500 INTERNAL_SERVER_ERROR"),
        (AdapterResponse(status: 401, body: []), "401 "),
    ])
    func `has the platform's errors`(answer: AdapterResponse, error: String) async throws {
        let fixture = try AdapterFixture(PlayedService(answer))
        #expect(await fixture.submit().failure == error)
    }

    @Test(arguments: [
        AdapterResponse(status: 200, body: []), .json(200, "<html>"), .json(200, "{}"), .json(200, #"{"balance":"5"}"#),
        .json(302, "{}"), .json(404, #"{"statusCode":404,"message":"URI not found","requested":"/"}"#),
        .json(418, #"{"code":"TEAPOT","message":"?"}"#),
        .json(200, #"{"_links":{"self":{"href":"/customs/guarantees/23GB0000010000863/balance"}},"balance":5}"#),
    ])
    func `is told of trouble where the answer is none`(answer: AdapterResponse) async throws {
        let fixture = try AdapterFixture(PlayedService(answer))
        #expect(await fixture.submit().failure == "500 INTERNAL_SERVER_ERROR")
    }

    @Test(arguments: ["http://api.example.org", "api.example.org", "https://api.example.org/customs", "ftp://x", ""])
    func `needs an address of v2.0`(address: String) {
        #expect(throws: (any Error).self) {
            try GuaranteeAdapter(upstream: address, transport: PlayedService(), token: { "t" })
        }
    }
}

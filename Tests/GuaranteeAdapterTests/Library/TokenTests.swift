import GuaranteeAdapter
import Synchronization
import Testing

@Suite struct `A program's token` {
    private struct Trouble: Error {}

    private func authorization(_ fixture: AdapterFixture) -> [String?] {
        fixture.service.requests.map { request in
            request.headers.first { $0.name.lowercased() == "authorization" }?.value
        }
    }

    @Test func `is asked for anew for each call`() async throws {
        let count = Mutex(0)
        let fixture = try AdapterFixture(token: {
            "token-\(count.withLock { $0 += 1; return $0 })"
        })
        _ = await fixture.submit()
        _ = await fixture.submit(.about("23GB0000010000863"))
        #expect(authorization(fixture) == ["Bearer token-1", "Bearer token-2"])
    }

    @Test func `is asked for again where v2.0 refuses it, and the call is made again with another alone`() async throws
    {
        let isRenewed = Mutex(false)
        let fixture = try AdapterFixture(
            PlayedService { request in
                request.headers.contains { $0.value == "Bearer new-token" }
                    ? .balance("5") : .error(401, "INVALID_CREDENTIALS", "no")
            }, token: { isRenewed.withLock { $0 } ? "new-token" : "old-token" })
        #expect(await fixture.submit().failure == "401 INVALID_CREDENTIALS")
        #expect(fixture.service.requests.count == 1)
        fixture.service.plays { request in
            isRenewed.withLock { $0 = true }
            return request.headers.contains { $0.value == "Bearer new-token" }
                ? .balance("5") : .error(401, "INVALID_CREDENTIALS", "no")
        }
        #expect(await fixture.submit().amount == "5")
        #expect(authorization(fixture).suffix(2) == ["Bearer old-token", "Bearer new-token"])
    }

    @Test func `is sent without the white space around it`() async throws {
        let fixture = try AdapterFixture(token: { " hunter2hunter2\n" })
        #expect(await fixture.submit().amount == "262626")
        #expect(authorization(fixture) == ["Bearer hunter2hunter2"])
    }

    @Test(arguments: ["", " \n", "hunter2\r\nX-More: 1", "Bearer hunter2", "\"hunter2\"", "é"])
    func `that would break a header is not sent`(token: String) async throws {
        let fixture = try AdapterFixture(token: { token })
        #expect(await fixture.submit().failure == "500 INTERNAL_SERVER_ERROR")
        #expect(fixture.service.requests.isEmpty)
    }

    @Test func `that can't be had costs no lock`() async throws {
        let isThere = Mutex(false)
        let fixture = try AdapterFixture(token: {
            guard isThere.withLock({ $0 }) else { throw Trouble() }
            return "token"
        })
        #expect(await fixture.submit().failure == "500 INTERNAL_SERVER_ERROR")
        isThere.withLock { $0 = true }
        #expect(await fixture.submit().amount == "262626")
    }
}

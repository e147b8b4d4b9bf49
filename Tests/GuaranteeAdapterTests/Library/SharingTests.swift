import GuaranteeAdapter
import Testing

@Suite struct `Requests that are the same` {
    @Test func `and under way at once ask once`() async throws {
        let gate = Gate()
        let fixture = try AdapterFixture(
            PlayedService { _ in
                await gate.passed()
                return .balance("12345678.90")
            })
        let all = (0..<20).map { _ in Task { await fixture.submit() } }
        await fixture.service.asked(1)
        // They differ in one of three: they are told of the lock.
        #expect(await fixture.submit(.about(tin: "XI1")).failure == "429 TOO_MANY_REQUESTS")
        #expect(await fixture.submit(.about(code: "AC01")).failure == "429 TOO_MANY_REQUESTS")
        gate.open()
        var amounts: [String?] = []
        for task in all {
            let result = await task.value
            amounts.append(result.amount ?? result.failure)
        }
        // Those that came when it was over are told of the lock, too.
        #expect(Set(amounts).isSubset(of: ["12345678.90", "429 TOO_MANY_REQUESTS"]))
        #expect(amounts.contains("12345678.90"))
        #expect(fixture.service.requests.count == 1)
    }

    @Test func `are answered alike for as long as answers are used again`() async throws {
        let fixture = try AdapterFixture { $0.reuseWithin = .seconds(30) }
        #expect(await fixture.submit().amount == "262626")
        fixture.service.answers(.balance("5"))
        fixture.clock.advance(by: .milliseconds(29_999))
        #expect(await fixture.submit().amount == "262626")
        #expect(await fixture.submit(.about(code: "AC01")).failure == "429 TOO_MANY_REQUESTS")
        fixture.clock.advance(by: .milliseconds(1))
        #expect(await fixture.submit().failure == "429 TOO_MANY_REQUESTS")
        fixture.clock.advance(by: .seconds(30))
        #expect(await fixture.submit().amount == "5")
        #expect(fixture.service.requests.count == 2)
    }

    @Test func `have refusals used again, and errors not`() async throws {
        let fixture = try AdapterFixture(PlayedService(.notFound)) { $0.reuseWithin = .seconds(120) }
        let reasons = await fixture.submit().reasons
        #expect(reasons?.count == 2)
        #expect(await fixture.submit().reasons == reasons)
        let other = BalanceRequest.about("23GB0000010000863")
        fixture.service.answers(.serverError)
        #expect(await fixture.submit(other).failure == "500 INTERNAL_SERVER_ERROR")
        fixture.clock.advance(by: .seconds(60))
        fixture.service.answers(.balance("5"))
        #expect(await fixture.submit(other).amount == "5")
        #expect(fixture.service.requests.count == 3)
    }
}

import GuaranteeAdapter
import Testing

@Suite struct `A guarantee that was asked about` {
    private struct Trouble: Error {}

    @Test func `is locked for 60 seconds`() async throws {
        let fixture = try AdapterFixture()
        #expect(await fixture.submit().amount == "262626")
        let error = try #require(await fixture.submit().error)
        #expect(error.description == "429 TOO_MANY_REQUESTS: Too many requests")
        fixture.clock.advance(by: .milliseconds(59_999))
        #expect(await fixture.submit().failure == "429 TOO_MANY_REQUESTS")
        fixture.clock.advance(by: .milliseconds(1))
        #expect(await fixture.submit().amount == "262626")
        #expect(fixture.service.requests.count == 2)
    }

    @Test func `is locked for all tax identifiers and access codes, and others are not`() async throws {
        let fixture = try AdapterFixture()
        _ = await fixture.submit()
        #expect(await fixture.submit(.about(tin: "XI1")).failure == "429 TOO_MANY_REQUESTS")
        #expect(await fixture.submit(.about(code: "AC01")).failure == "429 TOO_MANY_REQUESTS")
        #expect(await fixture.submit(.about("23GB0000010000863")).amount == "262626")
        #expect(await fixture.submit(.about("23gb0000010000854")).amount == "262626")
    }

    @Test(arguments: [AdapterResponse.notFound, .serverError, .json(200, "{}")])
    func `stays locked whatever the answer`(answer: AdapterResponse) async throws {
        let fixture = try AdapterFixture(PlayedService(answer))
        _ = await fixture.submit()
        #expect(await fixture.submit().failure == "429 TOO_MANY_REQUESTS")
        #expect(fixture.service.requests.count == 1)
    }

    @Test(arguments: [
        AdapterResponse.throttled, .error(401, "INVALID_CREDENTIALS", "no"), .error(403, "INVALID_SCOPE", "no"),
        .error(503, "SCHEDULED_MAINTENANCE", "no"),
    ])
    func `is free where the answer came before the lock`(answer: AdapterResponse) async throws {
        let fixture = try AdapterFixture(PlayedService(answer))
        #expect(await fixture.submit().failure != nil)
        fixture.service.answers(.balance("5"))
        #expect(await fixture.submit().amount == "5")
    }

    @Test(arguments: [
        (AdapterTransportError(nothingSent: true, message: "no connection") as any Error, true),
        (AdapterTransportError(nothingSent: false, message: "cut off"), false), (Trouble(), false),
        (CancellationError(), false),
    ])
    func `is free after a failure where nothing was sent, and then alone`(error: any Error, isFree: Bool) async throws {
        let fixture = try AdapterFixture(PlayedService { _ in throw error })
        let failure = try #require(await fixture.submit().error)
        #expect(failure.description == "500 INTERNAL_SERVER_ERROR: Internal server error")
        fixture.service.answers(.balance("5"))
        #expect(await fixture.submit().failure == (isFree ? nil : "429 TOO_MANY_REQUESTS"))
        #expect(fixture.service.requests.count == (isFree ? 2 : 1))
    }

    @Test func `keeps its lock when another request, long under way, ends without one`() async throws {
        let gate = Gate()
        let fixture = try AdapterFixture(
            PlayedService { _ in
                await gate.passed()
                return .throttled
            })
        let first = Task { await fixture.submit() }
        await fixture.service.asked(1)
        fixture.clock.advance(by: .seconds(61))
        #expect(await first.value.pending != nil)
        fixture.service.answers(.balance("5"))
        #expect(await fixture.submit().amount == "5")
        gate.open()
        let id = try #require(await first.value.pending)
        await eventually("the first has ended") {
            (try? await fixture.adapter.state(of: id)?.completedAt == nil) != true
        }
        #expect(await fixture.submit().failure == "429 TOO_MANY_REQUESTS")
    }
}

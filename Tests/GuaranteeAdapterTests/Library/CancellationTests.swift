import GuaranteeAdapter
import Testing

@Suite struct `A submit that is cancelled` {
    @Test func `is answered all the same, and v2.0's answer is waited for`() async throws {
        let gate = Gate()
        let fixture = try AdapterFixture(
            PlayedService { _ in
                await gate.passed()
                try Task.checkCancellation()
                return .balance("5")
            })
        let task = Task { await fixture.submit() }
        await fixture.service.asked(1)
        task.cancel()
        gate.open()
        #expect(await task.value.amount == "5")
        #expect(await fixture.submit().failure == "429 TOO_MANY_REQUESTS")
    }

    @Test func `costs those nothing who asked the same`() async throws {
        let gate = Gate()
        let fixture = try AdapterFixture(
            PlayedService { _ in
                await gate.passed()
                return .balance("5")
            })
        let first = Task { await fixture.submit() }
        await fixture.service.asked(1)
        let second = Task { await fixture.submit() }
        first.cancel()
        for _ in 0..<50 { await Task.yield() }
        gate.open()
        #expect(await first.value.amount == "5")
        let other = await second.value
        #expect(other.amount == "5" || other.failure == "429 TOO_MANY_REQUESTS")
        #expect(fixture.service.requests.count == 1)
    }

    @Test func `is pending in time`() async throws {
        let gate = Gate()
        let fixture = try AdapterFixture(
            PlayedService { _ in
                await gate.passed()
                return .balance("5")
            })
        let task = Task { await fixture.submit() }
        await fixture.service.asked(1)
        task.cancel()
        fixture.clock.advance(by: .seconds(15))
        #expect(await task.value.pending != nil)
        gate.open()
    }
}

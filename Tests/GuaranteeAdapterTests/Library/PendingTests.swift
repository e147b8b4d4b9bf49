import GuaranteeAdapter
import Testing

@Suite struct `A request that v2.0 answers late` {
    private let gate = Gate()

    /// An adapter in front of a v2.0 that answers once the gate is open, and the id of a request that is pending there.
    private func pending(
        _ answer: AdapterResponse = .balance("12345678.90"), failing error: (any Error)? = nil,
        _ set: (inout AdapterOptions) -> Void = { _ in }
    ) async throws -> (AdapterFixture, BalanceID) {
        let service = PlayedService { [gate] _ in
            await gate.passed()
            if let error { throw error }
            return answer
        }
        let fixture = try AdapterFixture(service, set)
        let first = Task { await fixture.submit() }
        await service.asked(1)
        fixture.clock.advance(by: .seconds(15))
        return (fixture, try #require(await first.value.pending))
    }

    /// What became of it, once anything has.
    private func ended(_ fixture: AdapterFixture, _ id: BalanceID) async throws -> BalanceRequestState? {
        var state: BalanceRequestState?
        try await eventually("\(id) is answered") {
            state = try await fixture.adapter.state(of: id)
            return state?.completedAt != nil
        }
        return state
    }

    @Test func `is pending after 15 seconds, and can be asked about`() async throws {
        let (fixture, id) = try await pending()
        #expect(id.text.wholeMatch(of: #/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#) != nil)
        var expected = BalanceRequestState(
            id: id, tin: "GB954131533000", grn: "23GB0000010000854", requestedAt: "2023-11-14T22:13:20Z")
        #expect(try await fixture.adapter.state(of: id) == expected)
        fixture.clock.advance(by: .milliseconds(2_500))
        gate.open()
        expected.completedAt = "2023-11-14T22:13:37.500Z"
        let state = try await ended(fixture, id)
        guard case .success(let balance)? = state?.response else {
            Issue.record("\(String(describing: state))")
            return
        }
        #expect(balance.amount.lexeme == "12345678.90")
        expected.response = .success(balance)
        #expect(state == expected)
        #expect(fixture.service.requests.count == 1)
    }

    @Test func `is known by its id in either case, for an hour`() async throws {
        let (fixture, id) = try await pending()
        gate.open()
        #expect(try await ended(fixture, BalanceID(id.text.uppercased()))?.response != nil)
        fixture.clock.advance(by: .seconds(3584))
        #expect(try await fixture.adapter.state(of: id) != nil)
        fixture.clock.advance(by: .seconds(1))
        #expect(try await fixture.adapter.state(of: id) == nil)
        #expect(try await fixture.adapter.state(of: BalanceID("nothing")) == nil)
    }

    @Test func `is pending sooner where that is wanted`() async throws {
        let (fixture, id) = try await pending { $0.answerWithin = .seconds(3) }
        #expect(try await fixture.adapter.state(of: id)?.requestedAt == "2023-11-14T22:13:32Z")
    }

    @Test func `is refused late as it would have been at once`() async throws {
        let (fixture, id) = try await pending(.notFound)
        gate.open()
        guard case .functionalErrors(let errors)? = try await ended(fixture, id)?.response else {
            Issue.record("no functional errors")
            return
        }
        #expect(errors.map(\.type) == ["12", "12"])
    }

    @Test(arguments: [
        CancellationError() as any Error, AdapterTransportError(nothingSent: false, message: "cut off"),
        AdapterTransportError(nothingSent: true, message: "no connection"),
    ])
    func `fails late as it would have at once`(error: any Error) async throws {
        let (fixture, id) = try await pending(failing: error)
        gate.open()
        await eventually("the state is an error") {
            do throws(AdapterError) {
                _ = try await fixture.adapter.state(of: id)
                return false
            } catch {
                return error.description == "500 INTERNAL_SERVER_ERROR: Internal server error"
            }
        }
    }

    @Test func `is pending for all that wait for it`() async throws {
        let service = PlayedService { [gate] _ in
            await gate.passed()
            return .balance("5")
        }
        let fixture = try AdapterFixture(service)
        let first = Task { await fixture.submit() }
        await service.asked(1)
        let second = Task { await fixture.submit() }
        let third = Task { await fixture.submit() }
        for _ in 0..<50 { await Task.yield() }
        fixture.clock.advance(by: .seconds(15))
        let id = try #require(await first.value.pending)
        for other in [await second.value, await third.value] {
            #expect(other.pending == id || other.failure == "429 TOO_MANY_REQUESTS")
        }
        // Whoever comes now is told of the lock, and whoever comes later asks anew.
        #expect(await fixture.submit().failure == "429 TOO_MANY_REQUESTS")
        fixture.clock.advance(by: .seconds(45))
        service.answers(.balance("6"))
        #expect(await fixture.submit().amount == "6")
        gate.open()
    }
}

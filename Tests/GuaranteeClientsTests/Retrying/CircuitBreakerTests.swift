import GuaranteeClients
import Testing

@Suite struct `A circuit breaker` {
    private func opened() -> CircuitBreaker {
        var breaker = CircuitBreaker()
        for _ in 1...5 { breaker.fail(at: .seconds(100)) }
        return breaker
    }

    @Test func `stays closed while failures are not in a row`() {
        var breaker = CircuitBreaker()
        for _ in 1...20 {
            for _ in 1...4 { breaker.fail(at: .zero) }
            breaker.succeed()
        }
        #expect(breaker.admit(at: .zero) == nil)
    }

    @Test func `opens after five in a row, and tells until when`() {
        var breaker = opened()
        #expect(breaker.admit(at: .seconds(100)) == .seconds(130))
        #expect(breaker.admit(at: .seconds(129)) == .seconds(130))
    }

    @Test func `lets a single call through then`() {
        var breaker = opened()
        #expect(breaker.admit(at: .seconds(130)) == nil)
        #expect(breaker.admit(at: .seconds(130)) != nil)
    }

    @Test func `closes when that call is answered`() {
        var breaker = opened()
        _ = breaker.admit(at: .seconds(130))
        breaker.succeed()
        #expect(breaker.admit(at: .seconds(130)) == nil)
        #expect(breaker.state == .closed(failures: 0))
    }

    @Test func `and opens again when it fails`() {
        var breaker = opened()
        _ = breaker.admit(at: .seconds(130))
        breaker.fail(at: .seconds(131))
        #expect(breaker.admit(at: .seconds(140)) == .seconds(161))
    }

    @Test func `and tries another at once when it is cancelled`() {
        var breaker = opened()
        _ = breaker.admit(at: .seconds(130))
        breaker.abandon(at: .seconds(131))
        #expect(breaker.admit(at: .seconds(131)) == nil)
    }

    @Test func `is not opened later by failures of calls that were under way`() {
        var breaker = opened()
        breaker.fail(at: .seconds(120))
        #expect(breaker.admit(at: .seconds(130)) == nil)
    }
}

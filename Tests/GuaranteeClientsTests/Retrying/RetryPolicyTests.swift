import GuaranteeClients
import Testing
import Translation

@Suite struct `A call is made again` {
    private func verdict(
        _ method: String, _ outcome: Result<ExchangeResponse, TransportError>, repeatsPosts: Bool = false
    ) -> RetryVerdict {
        RetryVerdict(method: method, after: outcome, repeatsPosts: repeatsPosts)
    }

    private func failure(_ code: TransportError.Code, nothingSent: Bool) -> Result<ExchangeResponse, TransportError> {
        .failure(TransportError(code, nothingSent: nothingSent, ""))
    }

    @Test(arguments: [500, 502, 503, 504, 599])
    func `after 5xx: a GET at once, a POST after its lock where it is asked for`(status: Int) {
        let outcome = Result<ExchangeResponse, TransportError>.success(ExchangeResponse(status: status))
        #expect(verdict("GET", outcome) == .again)
        #expect(verdict("POST", outcome) == .stands)
        #expect(verdict("POST", outcome, repeatsPosts: true) == .againAfterLock)
    }

    @Test(arguments: [200, 202, 400, 401, 403, 404, 406, 410, 413, 415, 429, 501])
    func `never after anything else that was answered`(status: Int) {
        for method in ["GET", "POST"] {
            let outcome = Result<ExchangeResponse, TransportError>.success(ExchangeResponse(status: status))
            #expect(verdict(method, outcome, repeatsPosts: true) == .stands)
        }
    }

    @Test(arguments: [TransportError.Code.notConnected, .interrupted, .timedOut, .malformed, .proxy])
    func `after a failure: where nothing was sent, and a GET always`(code: TransportError.Code) {
        #expect(verdict("POST", failure(code, nothingSent: true)) == .again)
        #expect(verdict("POST", failure(code, nothingSent: false)) == .stands)
        #expect(verdict("POST", failure(code, nothingSent: false), repeatsPosts: true) == .againAfterLock)
        #expect(verdict("GET", failure(code, nothingSent: false)) == .again)
    }

    @Test(arguments: [TransportError.Code.cancelled, .tls, .tooLarge])
    func `never where it would end the same way`(code: TransportError.Code) {
        #expect(verdict("GET", failure(code, nothingSent: true), repeatsPosts: true) == .stands)
    }

    @Test func `after pauses of anything up to a limit that doubles`() {
        let policy = RetryPolicy()
        let longest = (1...7).map { policy.pause(beforeRetry: $0) { $0.upperBound } }
        #expect(longest == [4, 8, 16, 32, 64, 64, 64].map { Duration.seconds($0) })
        #expect(policy.pause(beforeRetry: 3) { $0.lowerBound } == .zero)
        #expect(policy.pause(beforeRetry: 3) { _ in 0.25 } == .seconds(4))
        #expect(policy.pause(beforeRetry: 100) { $0.upperBound } == .seconds(64))
    }

    @Test func `three to five times, over one to two minutes`() {
        let policy = RetryPolicy()
        #expect((3...5).contains(policy.retries))
        let mean = (1...policy.retries).reduce(Duration.zero) { $0 + policy.pause(beforeRetry: $1) { _ in 0.5 } }
        #expect(mean >= .seconds(60))
        #expect(policy.budget <= .seconds(120))
    }
}

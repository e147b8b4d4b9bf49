import GuaranteeClients

/// How long the schedule of many calls takes to compute, beside sorting the same calls by GRN: the least that any
/// schedule has to do.
enum PacingBenchmark {
    static func run() {
        print("Pacing: the whole schedule, computed")
        print("  calls   lasts        computed in   times a sort of the same calls")
        for (grns, eoris) in [(10_000, 20), (50_000, 100), (100_000, 200)] {
            let calls = calls(grns: grns, eoris: eoris)
            let (length, scheduling) = best { schedule(calls) }
            let (_, sorting) = best { calls.sorted { ($0.grn ?? "") < ($1.grn ?? "") }.count }
            let ratio = (scheduling / sorting * 10).rounded() / 10
            print("  \(calls.count)   \(length)   \(scheduling)   \(ratio)")
        }
    }

    /// Each GRN asked of v1.0 and of v2.0, by one of five users.
    private static func calls(grns: Int, eoris: Int) -> [PacedCall] {
        (0..<grns).flatMap { number in
            let grn = "24GB\(1_000_000_000_000 + number &* 7919 % 999_983)"
            let user = "user-\(number % 5)"
            return [
                PacedCall(api: .v1, user: user, grn: grn, eori: "GB\(number % eoris)"),
                PacedCall(api: .v2, user: user, grn: grn),
            ]
        }
    }

    /// How long the schedule lasts.
    private static func schedule(_ calls: [PacedCall]) -> Duration {
        var pacer = Pacer()
        var now = Duration.zero
        for call in calls { _ = pacer.add(call, at: now) }
        while true {
            switch pacer.next(at: now) {
            case .go(let ticket): pacer.finish(ticket, .mayHaveArrived, at: now)
            case .wait(let moment): now = moment
            case .waitForFinish, .idle: return now
            }
        }
    }

    /// The quickest of three times.
    private static func best<Value>(_ body: () -> Value) -> (Value, Duration) {
        var result: (Value, Duration)?
        for _ in 1...3 {
            let start = ContinuousClock.now
            let value = body()
            let time = ContinuousClock.now - start
            if result.map({ time < $0.1 }) ?? true { result = (value, time) }
        }
        // The loop above runs three times: there is one.
        guard let result else { fatalError("nothing was measured") }
        return result
    }
}

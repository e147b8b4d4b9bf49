import Metrics
import PrometheusMetrics
import Testing
import TestSupport

@Suite struct `A timing` {
    @Test func `is nil where nothing was recorded`() {
        let registry = PrometheusRegistry()
        #expect(registry.timing("t") == nil)
        let timer = Metrics.Timer(label: "t", dimensions: [("a", "1")], factory: registry)
        #expect(registry.timing("t") == nil)
        timer.recordSeconds(1)
        #expect(registry.timing("t", where: [("a", "2")]) == nil)
    }

    @Test(arguments: [0, 1, 63, 64, 65, 1_000_000, 1_234_567_891, Int64.max])
    func `of one call is exact`(nanoseconds: Int64) {
        let registry = PrometheusRegistry()
        Metrics.Timer(label: "t", factory: registry).recordNanoseconds(nanoseconds)
        let seconds = Double(nanoseconds) / 1e9
        #expect(registry.timing("t") == Timing(count: 1, median: seconds, p99: seconds))
    }

    @Test func `is over what matches`() {
        let registry = PrometheusRegistry()
        for (api, method, seconds) in [("v1", "GET", 1), ("v1", "POST", 2), ("v2", "GET", 3), ("", "GET", 4)] {
            Metrics.Timer(label: "t", dimensions: [("api", api), ("method", method)], factory: registry)
                .recordSeconds(seconds)
        }
        #expect(registry.timing("t")?.count == 4)
        #expect(registry.timing("t_seconds")?.count == 4)
        #expect(registry.timing("t", where: [("method", "GET")])?.count == 3)
        #expect(registry.timing("t", where: [("method", "GET"), ("api", "v2")])?.median == 3)
        #expect(registry.timing("t", where: [("api", "")])?.median == 4)
    }

    /// Durations in nanoseconds, spread in different ways.
    private static let spreads: [(String, @Sendable (inout SeededRandom) -> Int64)] = [
        ("even", { Int64($0.below(2_000_000_000)) }),
        ("small", { Int64($0.below(200)) }),
        ("over all powers of two", { Int64($0.next() >> UInt64($0.int(in: 1...63))) }),
        ("two peaks", { Int64($0.chance(90) ? 5_000_000 + $0.below(10_000) : 30_000_000_000 + $0.below(1_000_000)) }),
        ("all the same", { _ in 123_456_789 }),
    ]

    @Test(arguments: spreads.indices)
    func `is within a hundredth of what was recorded`(index: Int) throws {
        let (name, spread) = Self.spreads[index]
        var random = SeededRandom.forTest("timing, \(name)")
        for size in [1, 2, 3, 10, 99, 100, 101, 1000, 20_000] {
            let registry = PrometheusRegistry()
            var recorded: [Int64] = []
            for _ in 1...size {
                let duration = spread(&random)
                recorded.append(duration)
                Metrics.Timer(label: "t", dimensions: [("n", "\(random.below(4))")], factory: registry)
                    .recordNanoseconds(duration)
            }
            recorded.sort()
            let timing = try #require(registry.timing("t"))
            #expect(timing.count == size)
            for (found, percent) in [(timing.median, 50), (timing.p99, 99)] {
                let exact = Double(recorded[(size * percent + 99) / 100 - 1]) / 1e9
                #expect(abs(found - exact) <= exact / 128 + 1e-12, "\(percent) % of \(size): \(found), not \(exact)")
            }
            try checkBuckets(registry, recorded)
        }
    }

    /// That the buckets that are written count exactly what they should.
    private func checkBuckets(_ registry: PrometheusRegistry, _ recorded: [Int64]) throws {
        let samples = try ExpositionParser(registry.text()).family("t_seconds").samples
        var counts: [String: Double] = [:]
        for sample in samples { counts[sample.labels["le"] ?? sample.name, default: 0] += sample.value }
        for bound in PrometheusRegistry.standardBuckets {
            let text = bound == bound.rounded() ? "\(Int(bound))" : "\(bound)"
            let exact = recorded.count { Double($0) <= (bound * 1e9).rounded() }
            #expect(counts[text] == Double(exact), "up to \(bound)")
        }
        #expect(counts["+Inf"] == Double(recorded.count))
        #expect(counts["t_seconds_count"] == Double(recorded.count))
        let sum = recorded.reduce(0.0) { $0 + Double($1) / 1e9 }
        // Sums of centuries stop at what fits.
        if sum < 1e9 { #expect(abs((counts["t_seconds_sum"] ?? -1) - sum) <= sum * 1e-9) }
    }
}

@Suite struct `Counts` {
    private let registry = PrometheusRegistry()

    init() {
        for (api, outcome, amount) in [("v1", "200", 5), ("v1", "404", 2), ("v2", "200", 7), ("v2", "timed-out", 1)] {
            Counter(label: "calls", dimensions: [("api", api), ("outcome", outcome)], factory: registry)
                .increment(by: amount)
        }
        FloatingPointCounter(label: "calls", dimensions: [("outcome", "200")], factory: registry).increment(by: 0.5)
    }

    @Test func `add up`() {
        #expect(registry.count("calls") == 15.5)
        #expect(registry.count("calls_total", where: [("api", "v1")]) == 7)
        #expect(registry.count("calls", where: [("api", "v2"), ("outcome", "200")]) == 7)
        #expect(registry.count("calls", where: [("api", "")]) == 0.5)
        #expect(registry.count("calls", where: [("api", "v3")]) == 0)
        #expect(registry.count("nothing") == 0)
    }

    @Test func `are told by one label`() {
        let byAPI = registry.counts("calls", by: "api")
        #expect(byAPI.map(\.value) == ["", "v1", "v2"])
        #expect(byAPI.map(\.count) == [0.5, 7, 8])
        #expect(registry.counts("calls", by: "outcome").map(\.count) == [12.5, 2, 1])
        #expect(registry.counts("nothing", by: "api").isEmpty)
    }
}

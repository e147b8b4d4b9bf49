import Metrics
import PrometheusMetrics
import Testing
import TestSupport

@Suite struct `The text` {
    private func text(_ registry: PrometheusRegistry) -> String { String(decoding: registry.text(), as: UTF8.self) }

    @Test func `is empty where there is nothing`() {
        #expect(PrometheusRegistry().text().isEmpty)
    }

    @Test func `has counters, with the suffix that Prometheus expects`() {
        let registry = PrometheusRegistry()
        registry.describe("calls", "Calls made.")
        Counter(label: "calls", dimensions: [("method", "GET"), ("api", "v2.0")], factory: registry).increment(by: 3)
        Counter(label: "bytes_total", factory: registry).increment(by: Int64.max)
        #expect(
            text(registry) == """
                # HELP bytes_total bytes_total
                # TYPE bytes_total counter
                bytes_total 9223372036854775807
                # HELP calls_total Calls made.
                # TYPE calls_total counter
                calls_total{api="v2.0",method="GET"} 3

                """)
    }

    @Test func `has counters of fractions, which are one with whole ones of the name`() {
        let registry = PrometheusRegistry()
        FloatingPointCounter(label: "cost", factory: registry).increment(by: 0.25)
        Counter(label: "cost_total", factory: registry).increment(by: 2)
        #expect(text(registry).hasSuffix("\ncost_total 2.25\n"))
    }

    @Test func `has counters that never go back`() {
        let registry = PrometheusRegistry()
        let counter = FloatingPointCounter(label: "cost", factory: registry)
        for amount in [1.5, -1, .nan, .infinity, -.infinity, 0] { counter.increment(by: amount) }
        registry.makeCounter(label: "cost", dimensions: []).increment(by: Int64.min)
        #expect(registry.count("cost") == 1.5)
        counter.reset()
        #expect(text(registry).hasSuffix("\ncost_total 0\n"))
    }

    @Test func `has gauges and meters`() {
        let registry = PrometheusRegistry()
        Gauge(label: "depth", factory: registry).record(2.5)
        let meter = Meter(label: "open", factory: registry)
        meter.set(5)
        meter.increment(by: 2)
        meter.decrement(by: 0.5)
        meter.increment(by: Double.nan)
        #expect(
            text(registry) == """
                # HELP depth depth
                # TYPE depth gauge
                depth 2.5
                # HELP open open
                # TYPE open gauge
                open 6.5

                """)
    }

    @Test func `has gauges that are read when it is written, with what the registry knows then`() {
        let registry = PrometheusRegistry()
        registry.gauge("queue", "How many wait.", dimensions: [("side", "v1")]) { registry.count("arrived") }
        Gauge(label: "queue", dimensions: [("side", "v1")], factory: registry).record(99)
        #expect(text(registry).hasSuffix("# HELP queue How many wait.\n# TYPE queue gauge\nqueue{side=\"v1\"} 0\n"))
        Counter(label: "arrived", factory: registry).increment(by: 7)
        #expect(text(registry).hasSuffix("\nqueue{side=\"v1\"} 7\n"))
        registry.gauge("queue", "How many wait.", dimensions: [("side", "v1")]) { -1 }
        #expect(text(registry).hasSuffix("\nqueue{side=\"v1\"} -1\n"))
    }

    @Test func `has recorders of many values as their sum and count`() {
        let registry = PrometheusRegistry()
        let recorder = Recorder(label: "size", factory: registry)
        for value in [1.5, -2, 10] { recorder.record(value) }
        recorder.record(Double.nan)
        #expect(
            text(registry) == """
                # HELP size size
                # TYPE size summary
                size_sum 9.5
                size_count 3

                """)
    }

    @Test func `has timers as histograms of seconds`() {
        let registry = PrometheusRegistry(buckets: [1, 0.1, 0.25, 0.1, -1, 0, .nan, .infinity])
        let timer = Metrics.Timer(label: "duration", dimensions: [("api", "v1.0")], factory: registry)
        for milliseconds in [0, 100, 101, 250, 999, 1000, 5000] { timer.recordMilliseconds(milliseconds) }
        timer.recordNanoseconds(-5)
        #expect(
            text(registry) == """
                # HELP duration_seconds duration
                # TYPE duration_seconds histogram
                duration_seconds_bucket{api="v1.0",le="0.1"} 3
                duration_seconds_bucket{api="v1.0",le="0.25"} 5
                duration_seconds_bucket{api="v1.0",le="1"} 7
                duration_seconds_bucket{api="v1.0",le="+Inf"} 8
                duration_seconds_sum{api="v1.0"} 7.45
                duration_seconds_count{api="v1.0"} 8

                """)
    }

    @Test func `has the numbers that are no numbers by Prometheus' names`() {
        let registry = PrometheusRegistry()
        for (name, value) in [("a", Double.infinity), ("b", -.infinity), ("c", .nan), ("d", 1e300), ("e", -0.0)] {
            Gauge(label: name, factory: registry).record(value)
        }
        let values = text(registry).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(values == ["a +Inf", "b -Inf", "c NaN", "d 1e+300", "e 0"])
    }

    @Test func `is sorted by bytes, however it came to be`() throws {
        var random = SeededRandom.forTest("sorted by bytes")
        var texts: Set<String> = []
        for _ in 1...5 {
            let registry = PrometheusRegistry()
            for value in ["b", "a", "B", "ä", "ab", "10", "9", "\u{10000}", "\u{FF5E}"].shuffled(using: &random) {
                let dimensions = [("y", "1"), ("x", value)].shuffled(using: &random)
                Counter(label: "z", dimensions: dimensions, factory: registry).increment()
                Metrics.Timer(label: "timer", dimensions: dimensions, factory: registry).recordMilliseconds(20)
                Counter(label: "a" + value.filter(\.isASCII), factory: registry).increment()
            }
            texts.insert(text(registry))
        }
        #expect(texts.count == 1)
        let parser = try ExpositionParser(Array(texts.joined().utf8))
        let values = try parser.family("z_total").samples.map { $0.labels["x"] }
        #expect(values == ["10", "9", "B", "a", "ab", "b", "ä", "\u{FF5E}", "\u{10000}"])
    }
}

import CoreMetrics
import Metrics
import PrometheusMetrics
import TestSupport
import Testing

@Suite struct `A series` {
    @Test func `has the same handler each time, in whatever order its labels come`() {
        let registry = PrometheusRegistry()
        let some = [("a", "1"), ("b", "2")]
        let same = [("b", "2"), ("a", "1")]
        for dimensions in [some, same] {
            #expect(
                registry.makeCounter(label: "x", dimensions: some)
                    === registry.makeCounter(label: "x", dimensions: dimensions))
            #expect(
                registry.makeFloatingPointCounter(label: "x", dimensions: some)
                    === registry.makeCounter(label: "x_total", dimensions: dimensions))
            #expect(
                registry.makeTimer(label: "x", dimensions: some)
                    === registry.makeTimer(label: "x", dimensions: dimensions))
            #expect(
                registry.makeMeter(label: "x", dimensions: some)
                    === registry.makeRecorder(label: "x", dimensions: dimensions, aggregate: false))
            #expect(
                registry.makeRecorder(label: "x", dimensions: some, aggregate: true)
                    === registry.makeRecorder(label: "x", dimensions: dimensions, aggregate: true))
        }
    }

    @Test func `is another where a label or a name is`() {
        let registry = PrometheusRegistry()
        let handler = registry.makeCounter(label: "x", dimensions: [("a", "1")])
        #expect(handler !== registry.makeCounter(label: "x", dimensions: [("a", "2")]))
        #expect(handler !== registry.makeCounter(label: "x", dimensions: [("b", "1")]))
        #expect(handler !== registry.makeCounter(label: "x", dimensions: []))
        #expect(handler !== registry.makeCounter(label: "y", dimensions: [("a", "1")]))
    }

    @Test func `beyond the limit goes to the one for the rest`() throws {
        let registry = PrometheusRegistry(seriesLimit: 10)
        for value in 1...1000 {
            let dimensions = [("path", "/\(value)"), ("method", "GET")]
            Counter(label: "calls", dimensions: dimensions, factory: registry).increment()
            Metrics.Timer(label: "duration", dimensions: dimensions, factory: registry).recordMilliseconds(value)
        }
        // One that is known is still counted as itself.
        Counter(label: "calls", dimensions: [("path", "/3"), ("method", "GET")], factory: registry).increment()
        let parser = try ExpositionParser(registry.text())
        let calls = try parser.family("calls_total")
        #expect(calls.samples.count == 11)
        #expect(calls.value("calls_total", ["path": "other", "method": "other"]) == 990)
        #expect(calls.value("calls_total", ["path": "/3", "method": "GET"]) == 2)
        #expect(registry.count("calls") == 1001)
        let duration = try parser.family("duration_seconds")
        #expect(duration.value("duration_seconds_count", ["path": "other", "method": "other"]) == 990)
        #expect(registry.timing("duration")?.count == 1000)
    }

    @Test func `is counted against the limit of its own family alone`() {
        let registry = PrometheusRegistry(seriesLimit: 2)
        for name in ["a", "b"] {
            for value in ["1", "2"] { Counter(label: name, dimensions: [("l", value)], factory: registry).increment() }
        }
        #expect(registry.counts("a", by: "l").map(\.value) == ["1", "2"])
        #expect(registry.counts("b", by: "l").map(\.value) == ["1", "2"])
    }

    @Test func `is found again after more ways to write it than are remembered`() {
        let registry = PrometheusRegistry(seriesLimit: 2)
        let handler = registry.makeCounter(label: "x", dimensions: [("a", "1")])
        for value in 1...100 {
            let dimensions = [("a", "\(value)"), ("a", "1")]
            #expect(registry.makeCounter(label: "x", dimensions: dimensions) === handler)
        }
    }

    @Test func `keeps no more of a long value than is of use`() throws {
        let registry = PrometheusRegistry()
        let long = "x" + String(repeating: "é", count: 100_000)
        for end in ["a", "b"] { Counter(label: "x", dimensions: [("l", long + end)], factory: registry).increment() }
        let sample = try #require(try ExpositionParser(registry.text()).family("x_total").samples.first)
        // Cut between characters: 200 bytes would end within one.
        #expect(sample.labels["l"] == "x" + String(repeating: "é", count: 99))
        #expect(sample.value == 2)
        #expect(registry.count("x", where: [("l", long)]) == 2)
    }

    @Test func `of a gauge goes when it is destroyed, and what was counted stays`() throws {
        let registry = PrometheusRegistry()
        let meter = Meter(label: "open", dimensions: [("a", "1")], factory: registry)
        let gauge = Gauge(label: "depth", factory: registry)
        let counter = Counter(label: "calls", factory: registry)
        meter.set(5)
        gauge.record(5)
        counter.increment()
        meter.destroy()
        gauge.destroy()
        counter.destroy()
        #expect(try ExpositionParser(registry.text()).families.map(\.name) == ["calls_total"])
        Meter(label: "open", dimensions: [("a", "1")], factory: registry).increment(by: 1)
        #expect(try ExpositionParser(registry.text()).family("open").value("open", ["a": "1"]) == 1)
        #expect(registry.count("calls") == 1)
    }
}

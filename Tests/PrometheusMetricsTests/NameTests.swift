import Metrics
import PrometheusMetrics
import Testing
import TestSupport

@Suite struct `Names and values` {
    @Test(arguments: [
        ("http.server.requests", "http_server_requests_total"), ("9lives", "_9lives_total"), ("", "__total"),
        ("a:b-c d", "a:b_c_d_total"), ("größe", "gr__e_total"), ("x_total", "x_total"), ("total", "total_total"),
    ])
    func `of metrics are made legal`(label: String, name: String) throws {
        let registry = PrometheusRegistry()
        Counter(label: label, factory: registry).increment()
        let family = try #require(try ExpositionParser(registry.text()).families.first)
        #expect(family.name == name)
        #expect(family.help == label)
        #expect(registry.count(label) == 1)
        #expect(registry.count(name) == 1)
    }

    @Test(arguments: [
        ("http.route", "http_route"), ("a:b", "a_b"), ("1", "_1"), ("", "_"), ("le", "exported_le"),
        ("quantile", "exported_quantile"), ("__name__", "exported___name__"),
    ])
    func `of labels are made legal, and none that Prometheus uses itself`(label: String, name: String) throws {
        let registry = PrometheusRegistry()
        Metrics.Timer(label: "timer", dimensions: [(label, "x")], factory: registry).recordSeconds(1)
        let family = try ExpositionParser(registry.text()).family("timer_seconds")
        #expect(family.value("timer_seconds_count", [name: "x"]) == 1)
        #expect(registry.timing("timer", where: [(label, "x")])?.count == 1)
    }

    @Test func `are escaped as the format says`() {
        let registry = PrometheusRegistry()
        registry.describe("calls", "A \\ and a \"quote\"\r\nand another line")
        Counter(label: "calls", dimensions: [("a", "\\n \"x\"\r\n{},=")], factory: registry).increment()
        let expected = """
            # HELP calls_total A \\\\ and a "quote"\r\\nand another line
            # TYPE calls_total counter
            calls_total{a="\\\\n \\"x\\"\r\\n{},="} 1

            """
        #expect(registry.text() == Array(expected.utf8))
    }

    @Test func `come back from the text, whatever they are`() throws {
        var random = SeededRandom.forTest("values come back")
        let pieces = ["\\", "\"", "\n", "\r\n", "n", "{", "}", ",", "=", " ", "\0", "é", "e\u{301}", "🇬🇧", "x", "#"]
        for _ in 1...200 {
            let registry = PrometheusRegistry()
            var counted: [String: Double] = [:]
            for _ in 1...random.int(in: 1...20) {
                let value = (0..<random.int(in: 1...8)).map { _ in random.pick(pieces) }.joined()
                let amount = random.int(in: 1...1000)
                Counter(label: "calls", dimensions: [("of", value)], factory: registry).increment(by: amount)
                counted[value, default: 0] += Double(amount)
            }
            let samples = try ExpositionParser(registry.text()).family("calls_total").samples
            let read = Dictionary(samples.map { ($0.labels["of"] ?? "", $0.value) }, uniquingKeysWith: +)
            #expect(read == counted)
            for (value, count) in counted { #expect(registry.count("calls", where: [("of", value)]) == count) }
        }
    }

    @Test func `that clash are told apart, so that the text stays readable`() throws {
        let registry = PrometheusRegistry()
        Gauge(label: "x_total", factory: registry).record(1)
        Counter(label: "x", factory: registry).increment(by: 2)
        Metrics.Timer(label: "t", factory: registry).recordSeconds(1)
        Gauge(label: "t_seconds_count", factory: registry).record(3)
        Recorder(label: "t_seconds", factory: registry).record(4)
        let parser = try ExpositionParser(registry.text())
        #expect(try parser.family("x_total").type == "gauge")
        #expect(try parser.family("x_total_counter").value("x_total_counter") == 2)
        #expect(try parser.family("t_seconds_count_gauge").value("t_seconds_count_gauge") == 3)
        #expect(try parser.family("t_seconds_summary").value("t_seconds_summary_sum") == 4)
        #expect(registry.count("x") == 2)
        let samples = parser.families.flatMap(\.samples)
        #expect(Set(samples.map { "\($0.name) \($0.labels)" }).count == samples.count)
    }

    @Test func `of labels that mean the same are one`() throws {
        let registry = PrometheusRegistry()
        let dimensions = [[("a.b", "1")], [("a-b", "1")], [("a_b", "0"), ("a.b", "1")], [("c", ""), ("a_b", "1")]]
        for dimensions in dimensions { Counter(label: "calls", dimensions: dimensions, factory: registry).increment() }
        let samples = try ExpositionParser(registry.text()).family("calls_total").samples
        #expect(samples.map(\.labels) == [["a_b": "1"]])
        #expect(samples.first?.value == 4)
    }

    @Test(arguments: ["calls", "calls_total", "calls.total"])
    func `are described under any of a metric's names`(name: String) throws {
        let registry = PrometheusRegistry()
        Counter(label: "calls", factory: registry).increment()
        registry.describe(name, "Calls made.")
        #expect(try ExpositionParser(registry.text()).family("calls_total").help == "Calls made.")
    }
}

import Dispatch
import Foundation
import Metrics
import PrometheusMetrics
import TestSupport
import Testing

@Suite struct `Many at once` {
    @Test func `lose nothing`() async throws {
        let registry = PrometheusRegistry(seriesLimit: 20)
        let tasks = 8
        let rounds = 2000
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    for round in 0..<rounds {
                        let own = [("task", "\(task)")]
                        let hostile = [("path", "\(task)/\(round)")]
                        Counter(label: "own", dimensions: own, factory: registry).increment()
                        Counter(label: "hostile", dimensions: hostile, factory: registry).increment()
                        FloatingPointCounter(label: "half", factory: registry).increment(by: 0.5)
                        Meter(label: "meter", factory: registry).increment(by: round % 2 == 0 ? 1 : -1)
                        Recorder(label: "recorder", factory: registry).record(2)
                        Metrics.Timer(label: "timer", factory: registry).recordMilliseconds(round)
                    }
                }
            }
            // What is written meanwhile is whole, too.
            group.addTask { for _ in 1...50 { _ = try ExpositionParser(registry.text()) } }
            try await group.waitForAll()
        }
        let all = Double(tasks * rounds)
        #expect(registry.counts("own", by: "task").map(\.count) == Array(repeating: Double(rounds), count: tasks))
        #expect(registry.count("hostile") == all)
        #expect(registry.count("half") == all / 2)
        #expect(registry.timing("timer")?.count == tasks * rounds)
        let parser = try ExpositionParser(registry.text())
        #expect(try parser.family("hostile_total").samples.count == 21)
        #expect(try parser.family("meter").value("meter") == 0)
        #expect(try parser.family("recorder").value("recorder_sum") == all * 2)
        #expect(try parser.family("timer_seconds").value("timer_seconds_sum") == Double(tasks * 1999 * 1000) / 1000)
    }

    /// On threads of its own: tasks would wait for those of other tests, one after the other.
    @Test func `lose no fraction`() {
        let registry = PrometheusRegistry()
        let counter = registry.makeFloatingPointCounter(label: "half", dimensions: [])
        let meter = registry.makeMeter(label: "meter", dimensions: [])
        let ended = DispatchGroup()
        for _ in 1...4 {
            ended.enter()
            Thread.detachNewThread {
                for _ in 1...500_000 {
                    counter.increment(by: 0.5)
                    meter.increment(by: 1)
                    meter.decrement(by: 0.5)
                }
                ended.leave()
            }
        }
        ended.wait()
        #expect(registry.count("half") == 1_000_000)
        #expect(String(decoding: registry.text(), as: UTF8.self).hasSuffix("\nmeter 1000000\n"))
    }

    @Test func `make one handler`() async {
        for _ in 1...50 {
            let registry = PrometheusRegistry()
            let handlers = await withTaskGroup(of: ObjectIdentifier.self) { group in
                for _ in 1...8 {
                    group.addTask { ObjectIdentifier(registry.makeCounter(label: "x", dimensions: [("a", "1")])) }
                }
                return await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(handlers.count == 1)
        }
    }
}

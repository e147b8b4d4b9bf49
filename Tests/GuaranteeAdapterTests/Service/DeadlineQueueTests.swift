import Synchronization
import Testing

@testable import GuaranteeAdapter

@Suite(.timeLimit(.minutes(1))) struct `A queue of deadlines` {
    private let clock = StillClock()
    private let late = Late()
    private let queue: DeadlineQueue

    final class Late: Sendable {
        private let names = Mutex<[String]>([])

        func add(_ name: String) { names.withLock { $0.append(name) } }
        var sorted: [String] { names.withLock { $0.sorted() } }
    }

    init() {
        queue = DeadlineQueue(allowing: .seconds(15), time: clock.timekeeper)
    }

    private func add(_ name: String) -> Int { queue.add { [late] in late.add(name) } }

    private func sleeping(until seconds: Int...) async {
        await eventually("the timer is set to \(seconds)") { clock.sleepers == seconds.map { .seconds($0) } }
    }

    @Test func `tells of what takes too long, each at its time, by one timer`() async {
        _ = add("a")
        await sleeping(until: 15)
        clock.advance(by: .seconds(5))
        _ = add("b")
        _ = add("c")
        await sleeping(until: 15)
        clock.advance(by: .seconds(10))
        await eventually("a is late") { late.sorted == ["a"] }
        await sleeping(until: 20)
        clock.advance(by: .seconds(5))
        await eventually("all are late") { late.sorted == ["a", "b", "c"] }
        await sleeping()
    }

    @Test func `tells of nothing that is over`() async {
        let a = add("a")
        clock.advance(by: .seconds(1))
        _ = add("b")
        let c = add("c")
        await sleeping(until: 15)
        queue.end(a)
        queue.end(c)
        clock.advance(by: .seconds(14))
        await sleeping(until: 16)
        #expect(late.sorted == [])
        clock.advance(by: .seconds(1))
        await eventually("b is late") { late.sorted == ["b"] }
    }

    @Test func `waits for nothing where all is over, and begins anew`() async {
        for round in 0..<3 {
            let numbers = (0..<10).map { _ in add("x") }
            await sleeping(until: 15 + round * 100)
            for number in numbers { queue.end(number) }
            await sleeping()
            clock.advance(by: .seconds(100))
        }
        #expect(late.sorted == [])
        _ = add("y")
        await sleeping(until: 315)
        clock.advance(by: .seconds(15))
        await eventually("y is late") { late.sorted == ["y"] }
    }

    @Test func `takes no harm from an end that comes twice, or too late`() async {
        let a = add("a")
        await sleeping(until: 15)
        clock.advance(by: .seconds(15))
        await eventually("a is late") { late.sorted == ["a"] }
        queue.end(a)
        queue.end(a)
        let b = add("b")
        await sleeping(until: 30)
        queue.end(a)
        clock.advance(by: .seconds(15))
        await eventually("b is late") { late.sorted == ["a", "b"] }
        queue.end(b)
    }

    @Test func `loses nothing of many that begin and end at once`() async {
        await withTaskGroup(of: Void.self) { group in
            for name in 0..<500 {
                group.addTask {
                    let number = add("\(name)")
                    if name.isMultiple(of: 2) { queue.end(number) }
                }
            }
        }
        clock.advance(by: .seconds(15))
        await eventually("250 are late") { late.sorted.count == 250 }
        #expect(late.sorted.allSatisfy { Int($0)?.isMultiple(of: 2) == false })
    }
}

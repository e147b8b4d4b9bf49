/// A pattern as a machine that reads a text once, whatever the pattern: one table look-up for each character of ASCII, and
/// sets of states for others and for patterns whose table would be too large.
final class PatternAutomaton: Sendable {
    fileprivate struct Table: Sendable {
        /// The class of each character of ASCII: those of one class are in the same sets.
        var classes: [UInt8] = []
        var classCount = 0
        /// The next state by state and class; `dead` where there is none.
        var next: [UInt16] = []
        var accepts: [Bool] = []
    }

    fileprivate static let dead = UInt16.max
    private static let mostNodes = 20_000
    private static let mostStates = 2_000

    private let graph: Graph
    private let table: Table?

    /// - Throws: where the repeats of the pattern make too much of it.
    static func check(_ expression: Pattern.Expression, source: String) throws(SchemaError) {
        guard expression.size <= mostNodes else {
            throw SchemaError(path: "", message: "pattern \(source): repeats too much")
        }
    }

    init(_ expression: Pattern.Expression) {
        graph = Graph(expression)
        table = graph.table(mostStates: Self.mostStates)
    }

    func matches(_ text: ArraySlice<UInt8>) -> Bool {
        guard let table else { return graph.matches(text) }
        var state = 0
        for byte in text {
            guard byte < 0x80 else { return graph.matches(text) }
            let next = table.next[state * table.classCount + Int(table.classes[Int(byte)])]
            if next == Self.dead { return false }
            state = Int(next)
        }
        return table.accepts[state]
    }

    /// The same for a text of ASCII, without a copy; nil where it is none, or there is no table.
    func matchesASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard let table else { return nil }
        return table.next.withUnsafeBufferPointer { next in
            table.classes.withUnsafeBufferPointer { classes in
                var state = 0
                for byte in text {
                    guard byte < 0x80 else { return nil }
                    let following = next[state * table.classCount + Int(classes[Int(byte)])]
                    if following == Self.dead {
                        return text.allSatisfy { $0 < 0x80 } ? false : nil
                    }
                    state = Int(following)
                }
                return table.accepts[state]
            }
        }
    }
}

/// The states that a pattern's expression leads through.
private struct Graph: Sendable {
    private enum Node: Sendable {
        /// A scalar of the set leads to the next.
        case scalar(set: Int, next: Int)
        /// Leads to all of these without reading anything.
        case split([Int])
        case end
    }

    private var sets: [Pattern.ScalarSet] = []
    private var nodes: [Node] = [.end]
    private var start = 0

    init(_ expression: Pattern.Expression) {
        start = add(expression, before: 0)
    }

    private mutating func add(_ expression: Pattern.Expression, before next: Int) -> Int {
        switch expression {
        case .scalar(let set):
            let index = sets.firstIndex(of: set) ?? sets.count
            if index == sets.count { sets.append(set) }
            return add(.scalar(set: index, next: next))
        case .sequence(let parts):
            var first = next
            for part in parts.reversed() { first = add(part, before: first) }
            return first
        case .alternatives(let branches):
            return add(.split(branches.map { add($0, before: next) }))
        case .repeated(let inner, let minimum, let maximum):
            var first = next
            if maximum == Int.max {
                first = add(.split([]))
                nodes[first] = .split([add(inner, before: first), next])
            } else {
                for _ in 0..<max(maximum - minimum, 0) {
                    first = add(.split([add(inner, before: first), next]))
                }
            }
            for _ in 0..<minimum { first = add(inner, before: first) }
            return first
        }
    }

    private mutating func add(_ node: Node) -> Int {
        nodes.append(node)
        return nodes.count - 1
    }

    // MARK: - Sets of states

    /// The nodes that are reached without reading anything: those that read, and the end. Sorted.
    private func closure(_ starts: [Int]) -> [Int] {
        var seen = Set(starts)
        var open = starts
        while let node = open.popLast() {
            guard case .split(let targets) = nodes[node] else { continue }
            for target in targets where seen.insert(target).inserted { open.append(target) }
        }
        return seen.filter { if case .split = nodes[$0] { false } else { true } }.sorted()
    }

    private func step(_ states: [Int], _ isIn: (Int) -> Bool) -> [Int] {
        closure(
            states.compactMap { state in
                if case .scalar(let set, let next) = nodes[state], isIn(set) { next } else { nil }
            })
    }

    func matches(_ text: ArraySlice<UInt8>) -> Bool {
        var states = closure([start])
        for scalar in UTF8Scalars(text) {
            states = step(states) { sets[$0].contains(scalar) }
            if states.isEmpty { return false }
        }
        return states.first == 0
    }

    // MARK: - The table

    /// nil where it would be too large.
    func table(mostStates: Int) -> PatternAutomaton.Table? {
        var table = PatternAutomaton.Table()
        var classes: [[Bool]: UInt8] = [:]
        for value in UInt8(0)..<0x80 {
            let scalar = Unicode.Scalar(value)
            let membership = sets.map { $0.contains(scalar) }
            let known = classes[membership] ?? UInt8(classes.count)
            classes[membership] = known
            table.classes.append(known)
        }
        let memberships = classes.sorted { $0.value < $1.value }.map(\.key)
        table.classCount = memberships.count
        var numbers: [[Int]: UInt16] = [:]
        var states: [[Int]] = []
        func number(_ state: [Int]) -> UInt16 {
            if state.isEmpty { return PatternAutomaton.dead }
            if let known = numbers[state] { return known }
            let number = UInt16(states.count)
            numbers[state] = number
            states.append(state)
            return number
        }
        _ = number(closure([start]))
        var done = 0
        while done < states.count {
            let state = states[done]
            table.accepts.append(state.first == 0)
            for membership in memberships { table.next.append(number(step(state) { membership[$0] })) }
            guard states.count <= mostStates else { return nil }
            done += 1
        }
        return table
    }
}

extension Pattern.Expression {
    /// How many nodes it becomes.
    fileprivate var size: Int {
        switch self {
        case .scalar: return 1
        case .sequence(let parts): return parts.reduce(0) { Self.sum($0, $1.size) }
        case .alternatives(let branches): return branches.reduce(1) { Self.sum($0, $1.size) }
        case .repeated(let inner, let minimum, let maximum):
            let times = maximum == Int.max ? Self.sum(minimum, 1) : max(minimum, maximum)
            return Self.sum(inner.size, 1).multipliedReportingOverflow(by: times).overflow
                ? .max : Self.sum(inner.size, 1) * times
        }
    }

    private static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, isOver) = left.addingReportingOverflow(right)
        return isOver ? .max : sum
    }
}

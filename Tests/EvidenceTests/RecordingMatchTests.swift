import Evidence
import Testing

@Suite struct `Recorded answers of both sides` {
    private func pairs(_ left: [Double?], _ right: [Double?]) -> [[Int]] {
        RecordingMatch.pairs(left.map { .init(at: $0) }, right.map { .init(at: $0) }).map { [$0.left, $0.right] }
            .sorted { $0[0] < $1[0] }
    }

    @Test func `are paired with the nearest, not with whatever comes first`() {
        // Hourly, the second side's first answer is missing.
        #expect(pairs([0, 3600, 7200, 10_800], [3605, 7205, 10_805]) == [[1, 0], [2, 1], [3, 2]])
        #expect(pairs([36_000, 43_200], [43_210]) == [[1, 0]])
        #expect(pairs([10], [1000, 12, 5]) == [[0, 1]])
        #expect(pairs([], [1]).isEmpty && pairs([1], []).isEmpty)
    }

    @Test func `are each paired once, as many as there are`() {
        #expect(pairs([0, 1, 2], [0, 1, 2]) == [[0, 0], [1, 1], [2, 2]])
        #expect(pairs([0, 0, 0], [5, 6]).count == 2)
        #expect(pairs([nil, 4], [3, nil]) == [[0, 1], [1, 0]])
        #expect(pairs([nil, nil], [nil]) == [[0, 0]])
    }

    @Test func `that say something are paired before those that don't`() {
        let left: [RecordingMatch.Answer] = [.init(at: 0), .init(at: 1, isConclusive: false)]
        let found = RecordingMatch.pairs(left, [.init(at: 1)])
        #expect(found.map { [$0.left, $0.right] } == [[0, 0]])
    }

    @Test func `of one guarantee may be a hundred thousand, in years of their own`() {
        let left = (0..<100_000).map { RecordingMatch.Answer(at: Double($0)) }
        let right = (0..<100_000).map { RecordingMatch.Answer(at: 1e9 + Double($0)) }
        let found = RecordingMatch.pairs(left, right)
        #expect(Set(found.map(\.left)).count == 100_000 && Set(found.map(\.right)).count == 100_000)
    }

    @Test func `are the nearest of all first, whatever their times`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let left = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                Double(Int.random(in: 0...50, using: &random))
            }
            let right = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                Double(Int.random(in: 0...50, using: &random))
            }
            let found = RecordingMatch.pairs(left.map { .init(at: $0) }, right.map { .init(at: $0) })
            #expect(found.count == min(left.count, right.count))
            #expect(Set(found.map(\.left)).count == found.count && Set(found.map(\.right)).count == found.count)
            let nearest = left.flatMap { one in right.map { abs($0 - one) } }.min()
            #expect(found.map { abs(left[$0.left] - right[$0.right]) }.min() == nearest)
        }
    }
}

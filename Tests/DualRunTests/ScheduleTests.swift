import DualRun
import GuaranteeClients
import Testing

@Suite struct `The schedule of a dual run` {
    private func entries(_ count: Int, traders: Int = 20, repeats: Int = 1) -> [PairQueue.Entry] {
        (0..<count).map { number in
            let guarantee = number / repeats
            return PairQueue.Entry(number: number + 1, lock: "G\(guarantee)", eori: "E\(guarantee % traders)")
        }
    }

    /// What breaks a rule of the APIs: two calls of one lock within 60 seconds, 4 within a second, or too many questions
    /// about one trader within a day.
    private func offences(_ schedule: Schedule, perDay: Int = 1000) -> [String] {
        var offences: [String] = []
        var locks: [String: Duration] = [:]
        var days: [String: [Duration]] = [:]
        let sent = schedule.sent.sorted { $0.at < $1.at }
        for (index, call) in sent.enumerated() {
            if let last = locks[call.lock], call.at < last + .seconds(60) { offences.append("lock of \(call.lock)") }
            locks[call.lock] = call.finished
            if index >= 3, call.at - sent[index - 3].at < .seconds(1) { offences.append("rate at \(call.at)") }
            guard let eori = call.eori else { continue }
            let recent = days[eori, default: []].filter { $0 > call.at - .seconds(86_400) }
            if recent.count >= perDay { offences.append("quota of \(eori)") }
            days[eori] = recent + [call.at]
        }
        return offences
    }

    /// How far apart the first two answers of each pair are.
    private func distances(_ schedule: Schedule) -> [Duration] {
        var first: [Int: Duration] = [:]
        var distances: [Duration] = []
        for call in schedule.sent.sorted(by: { $0.finished < $1.finished }) {
            if call.api == .v2 {
                if let one = first[call.pair] { distances.append(call.finished - one) }
            } else if first[call.pair] == nil {
                first[call.pair] = call.finished
            }
        }
        return distances
    }

    @Test func `of a day asks all, breaks no rule, and is as short as the rate allows`() {
        let count = 20_000
        let schedule = Schedule(entries(count, traders: 100), drifting: Set(stride(from: 7, to: count, by: 97)))
        #expect(offences(schedule).isEmpty)
        #expect(schedule.sent.count == 2 * count + stride(from: 7, to: count, by: 97).underestimatedCount)
        #expect(Set(schedule.sent.map(\.pair)).count == count)
        let shortest = Double(schedule.sent.count) / 3 * 1.025
        let length = Double(schedule.end.components.seconds)
        #expect(length < shortest * 1.02 + 130, "\(length) seconds, \(shortest) at least")
    }

    @Test func `keeps both answers of a pair near enough to be compared`() {
        let apart = distances(Schedule(entries(3000)))
        #expect(apart.count == 3000)
        #expect(apart.allSatisfy { $0 < .seconds(300) && $0 >= .seconds(60) }, "\(apart.max() ?? .zero) at most")
        var options = DualRunOptions()
        options.comparableWithin = 150
        let closer = distances(Schedule(entries(1000), options: options))
        #expect(closer.allSatisfy { $0 < .seconds(150) }, "\(closer.max() ?? .zero) at most")
    }

    @Test func `asks about one guarantee again only when its last pair is over, and lets others go meanwhile`() {
        let schedule = Schedule(entries(900, repeats: 3))
        #expect(offences(schedule).isEmpty)
        #expect(schedule.sent.count == 1800)
        // 300 guarantees three times each take no longer than 900 guarantees.
        #expect(schedule.end < Schedule(entries(900)).end + .seconds(130))
        for pair in 1...900 where pair % 3 != 1 {
            let before = schedule.sent.last { $0.pair == pair - 1 }
            let first = schedule.sent.first { $0.pair == pair }
            #expect((before?.finished ?? .zero) < (first?.at ?? .zero))
        }
    }

    @Test func `of one guarantee alone is a chain of locks`() {
        let schedule = Schedule(entries(10, repeats: 10))
        #expect(offences(schedule).isEmpty)
        #expect(schedule.end >= .seconds(19 * 62) && schedule.end < .seconds(19 * 63 + 1))
    }

    // A trader with more guarantees than a day has queries takes days; the others are done in the first hours.
    @Test func `lets a trader whose day is used up wait aside`() {
        let large = (0..<2500).map { PairQueue.Entry(number: $0 + 1, lock: "L\($0)", eori: "LARGE") }
        let small = (0..<500).map { PairQueue.Entry(number: $0 + 2501, lock: "S\($0)", eori: "SMALL\($0 % 5)") }
        let schedule = Schedule(large + small)
        #expect(offences(schedule).isEmpty)
        #expect(schedule.sent.count == 6000)
        let lastSmall = schedule.sent.filter { $0.pair > 2500 }.map(\.finished).max() ?? .zero
        #expect(lastSmall < .seconds(3600))
        #expect(schedule.end > .seconds(2 * 86_400) && schedule.end < .seconds(2 * 86_400 + 7200))
        #expect(distances(schedule).allSatisfy { $0 < .seconds(300) })
    }

    @Test func `uses a quota to its last query, second looks included`() {
        var options = DualRunOptions()
        options.limits = PacingLimits(queriesPerDay: 50)
        let schedule = Schedule(entries(120, traders: 1), options: options, drifting: [3, 40, 70])
        #expect(offences(schedule, perDay: 50).isEmpty)
        #expect(schedule.sent.count == 243)
        #expect(schedule.end < .seconds(2 * 86_400 + 7200))
    }

    @Test func `takes traders in turn`() {
        let entries = (0..<40).map { PairQueue.Entry(number: $0, lock: "G\($0)", eori: $0 < 38 ? "A" : "B") }
        #expect(Schedule(entries).order.prefix(4) == [0, 38, 1, 39])
    }

    @Test func `of nothing is over at once`() {
        #expect(Schedule([]).sent.isEmpty)
    }
}

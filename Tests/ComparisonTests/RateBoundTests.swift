import Comparison
import Testing

@Suite struct `The bound on the rate of differences` {
    @Test(arguments: [
        (0, 30, 0.0950), (0, 299, 0.00997), (1, 473, 0.00999), (0, 1, 0.95), (1, 10, 0.3942), (5, 100, 0.1023),
    ])
    func `is that of the exact binomial`(seen: Int, drawn: Int, bound: Double) {
        #expect(abs(RateBound.binomial(seen: seen, of: drawn) - bound) < 0.00006)
    }

    @Test func `is one where nothing was drawn, and where all differ`() {
        #expect(RateBound.binomial(seen: 0, of: 0) == 1)
        #expect(RateBound.binomial(seen: 5, of: 5) == 1)
        #expect(RateBound.hypergeometric(seen: 0, of: 0, population: 12) == 1)
    }

    @Test func `leaves exactly the risk to chance`() {
        for drawn in [1, 7, 59, 299, 5000] {
            for seen in [0, 1, 2, drawn / 10] where seen < drawn {
                let bound = RateBound.binomial(seen: seen, of: drawn)
                #expect(abs(tail(seen, drawn, bound) - RateBound.risk) < 1e-6, "\(seen) in \(drawn)")
            }
        }
    }

    @Test func `is nothing where the whole population was compared`() {
        #expect(RateBound.hypergeometric(seen: 0, of: 12, population: 12) == 0)
        #expect(RateBound.hypergeometric(seen: 2, of: 12, population: 12) == 2.0 / 12)
    }

    // 12 guarantees, 9 compared, none differs: were 3 different, nobody would see any of them in 1 of 220 draws; were 2, in
    // 3 of 66 (4.5 %); were 1, in 1 of 4.
    @Test func `is that of the hypergeometric where the population is known`() {
        #expect(RateBound.hypergeometric(seen: 0, of: 9, population: 12) == 1.0 / 12)
        #expect(RateBound.hypergeometric(seen: 0, of: 6, population: 12) == 3.0 / 12)
    }

    @Test func `of any population is what counting down from the most would find`() {
        for population in [1, 2, 13, 60, 200] {
            for drawn in 1...population {
                for seen in [0, 1, drawn / 3] where seen <= drawn {
                    let bound = RateBound.hypergeometric(seen: seen, of: drawn, population: population)
                    let most = Int((bound * Double(population)).rounded())
                    #expect(most >= seen && most <= population - drawn + seen)
                    // One more would leave less than the risk to chance; this many does not.
                    #expect(most == seen || chance(seen, drawn, most, population) > RateBound.risk)
                    #expect(
                        most == population - drawn + seen
                            || chance(seen, drawn, most + 1, population) <= RateBound.risk + 1e-9)
                }
            }
        }
    }

    /// The probability of at most `seen`, counted draw by draw.
    private func chance(_ seen: Int, _ drawn: Int, _ differing: Int, _ population: Int) -> Double {
        var odds = [1.0] + Array(repeating: 0, count: drawn)
        for draw in 0..<drawn {
            let left = Double(population - draw)
            for count in stride(from: draw + 1, through: 0, by: -1) {
                let stay =
                    count <= draw ? odds[count] * Double(max(population - differing - (draw - count), 0)) / left : 0
                let step = count > 0 ? odds[count - 1] * Double(max(differing - (count - 1), 0)) / left : 0
                odds[count] = stay + step
            }
        }
        return odds[0...seen].reduce(0, +)
    }

    @Test func `comes near the binomial in a large population`() {
        #expect(abs(RateBound.hypergeometric(seen: 0, of: 299, population: 1_000_000_000) - 0.00997) < 0.0001)
        let known = RateBound.hypergeometric(seen: 0, of: 299, population: 1_000_000)
        #expect(abs(known - RateBound.binomial(seen: 0, of: 299)) < 0.0001)
        #expect(known < 0.01)
    }

    @Test func `falls as more is compared, and rises with each difference`() {
        for drawn in 1..<200 {
            #expect(RateBound.binomial(seen: 0, of: drawn + 1) < RateBound.binomial(seen: 0, of: drawn))
            #expect(RateBound.binomial(seen: 1, of: drawn + 1) > RateBound.binomial(seen: 0, of: drawn + 1))
            #expect(
                RateBound.hypergeometric(seen: 0, of: drawn + 1, population: 200)
                    <= RateBound.hypergeometric(seen: 0, of: drawn, population: 200))
        }
    }

    /// The probability of at most `seen` in `drawn`, term by term: each from the one before.
    private func tail(_ seen: Int, _ drawn: Int, _ rate: Double) -> Double {
        var term = 1.0
        for _ in 0..<drawn { term *= 1 - rate }
        var sum = term
        for count in 0..<seen {
            term *= Double(drawn - count) / Double(count + 1) * rate / (1 - rate)
            sum += term
        }
        return sum
    }
}

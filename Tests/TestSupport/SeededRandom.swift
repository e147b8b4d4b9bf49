internal import Foundation

/// Random numbers that are the same for the same seed everywhere (SplitMix64).
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    /// The seed of a run: the one in `NCTSBRIDGE_SEED`, or another each time. Printed once, so that a run can be had again.
    package static let seed: UInt64 = {
        let text = ProcessInfo.processInfo.environment["NCTSBRIDGE_SEED"]
        let seed = text.flatMap { UInt64($0) } ?? UInt64.random(in: 0...999_999_999)
        return seed
    }()

    /// A generator for one test, told apart from the others by its name; prints the seed.
    package static func forTest(_ name: String) -> SeededRandom {
        print("\(name): NCTSBRIDGE_SEED=\(seed)")
        return SeededRandom(seed: name.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// A number from 0 up to, not including, `limit`.
    package mutating func below(_ limit: Int) -> Int { limit < 2 ? 0 : Int(next() % UInt64(limit)) }

    package mutating func int(in range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    package mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// One of several; there must be at least one.
    package mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
}

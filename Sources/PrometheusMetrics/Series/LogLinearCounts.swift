/// Counts of whole numbers in buckets as wide as 1/64 of what is in them at most: octaves of 64 buckets, of which those
/// that hold something take half a kilobyte. Percentiles are the middles of buckets, so within 1/128 (0.8 %).
struct LogLinearCounts: Sendable {
    private static let perOctave = 64

    private(set) var count: UInt64 = 0
    /// The first holds what is less than 64, exactly; each of the others what is up to twice as large.
    private var octaves: [[UInt64]] = []
    private var smallest = UInt64.max
    private var largest: UInt64 = 0

    mutating func record(_ value: UInt64) {
        let shift = max(0, UInt64.bitWidth - value.leadingZeroBitCount - 7)
        let octave = value < 64 ? 0 : shift + 1
        let bucket = Int(value >> UInt64(shift)) & (Self.perOctave - 1)
        reserve(octave)
        octaves[octave][bucket] += 1
        count += 1
        smallest = min(smallest, value)
        largest = max(largest, value)
    }

    mutating func add(_ other: LogLinearCounts) {
        for (octave, buckets) in other.octaves.enumerated() where !buckets.isEmpty {
            reserve(octave)
            for (bucket, count) in buckets.enumerated() { octaves[octave][bucket] += count }
        }
        count += other.count
        smallest = min(smallest, other.smallest)
        largest = max(largest, other.largest)
    }

    /// The least value such that so many of a hundred are no larger; nil where there are none.
    func percentile(_ percent: UInt64) -> UInt64? {
        guard count > 0 else { return nil }
        let rank = max(1, (count * percent + 99) / 100)
        var seen: UInt64 = 0
        for (octave, buckets) in octaves.enumerated() {
            for (bucket, count) in buckets.enumerated() {
                seen += count
                if seen >= rank { return min(max(Self.middle(octave, bucket), smallest), largest) }
            }
        }
        return largest
    }

    private static func middle(_ octave: Int, _ bucket: Int) -> UInt64 {
        guard octave > 0 else { return UInt64(bucket) }
        let width: UInt64 = 1 << UInt64(octave - 1)
        return UInt64(perOctave + bucket) * width + (width - 1) / 2
    }

    private mutating func reserve(_ octave: Int) {
        while octaves.count <= octave { octaves.append([]) }
        if octaves[octave].isEmpty { octaves[octave] = Array(repeating: 0, count: Self.perOctave) }
    }
}

/// Which recorded answers of one guarantee belong together: those nearest in time, the nearest of all first, each once.
package enum RecordingMatch {
    /// A recorded answer, as far as matching asks.
    package struct Answer: Sendable, Equatable {
        /// Seconds since some moment; nil where nobody knows.
        package var at: Double?
        /// Whether it says something about the guarantee.
        package var isConclusive: Bool

        package init(at: Double?, isConclusive: Bool = true) {
            self.at = at
            self.isConclusive = isConclusive
        }
    }

    /// Pairs of places in the two lists, no place twice, the best pairs first: answers that say something before those that
    /// don't, dated ones before undated.
    package static func pairs(_ left: [Answer], _ right: [Answer]) -> [(left: Int, right: Int)] {
        var free = (Set(left.indices), Set(right.indices))
        var pairs: [(left: Int, right: Int)] = []
        func take(_ found: [(left: Int, right: Int)]) {
            pairs += found
            for pair in found {
                free.0.remove(pair.left)
                free.1.remove(pair.right)
            }
        }
        for isStrict in [true, false] {
            func dated(_ answers: [Answer], _ free: Set<Int>) -> [(place: Int, at: Double)] {
                free.compactMap { place in
                    answers[place].at.flatMap { isStrict && !answers[place].isConclusive ? nil : (place, $0) }
                }.sorted { ($0.at, $0.place) < ($1.at, $1.place) }
            }
            take(nearest(dated(left, free.0), dated(right, free.1)))
        }
        func rest(_ answers: [Answer], _ free: Set<Int>) -> [Int] {
            free.sorted { (answers[$0].isConclusive ? 0 : 1, $0) < (answers[$1].isConclusive ? 0 : 1, $1) }
        }
        take(zip(rest(left, free.0), rest(right, free.1)).map { ($0, $1) })
        return pairs
    }

    /// Both lists are sorted by time.
    private static func nearest(
        _ left: [(place: Int, at: Double)], _ right: [(place: Int, at: Double)]
    ) -> [(left: Int, right: Int)] {
        var (left, right) = (left, right)
        var pairs: [(left: Int, right: Int)] = []
        while !left.isEmpty, !right.isEmpty {
            // The nearest pair of all is one of neighbours, and so is the next once it is taken.
            var candidates: [(distance: Double, left: Int, right: Int)] = []
            var behind = 0
            for (index, one) in left.enumerated() {
                while behind < right.count, right[behind].at < one.at { behind += 1 }
                for other in [behind - 1, behind] where right.indices.contains(other) {
                    candidates.append((abs(right[other].at - one.at), index, other))
                }
            }
            candidates.sort { ($0.distance, $0.left, $0.right) < ($1.distance, $1.left, $1.right) }
            var taken = (Set<Int>(), Set<Int>())
            for candidate in candidates
            where !taken.0.contains(candidate.left) && !taken.1.contains(candidate.right) {
                taken.0.insert(candidate.left)
                taken.1.insert(candidate.right)
                pairs.append((left[candidate.left].place, right[candidate.right].place))
            }
            left = left.indices.filter { !taken.0.contains($0) }.map { left[$0] }
            right = right.indices.filter { !taken.1.contains($0) }.map { right[$0] }
            // What lies years from all others has few neighbours: which is paired with which makes no difference then.
            if taken.0.count * 8 < min(left.count, right.count) {
                return pairs + zip(left, right).map { ($0.place, $1.place) }
            }
        }
        return pairs
    }
}

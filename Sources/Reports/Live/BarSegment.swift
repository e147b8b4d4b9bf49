/// A part of a bar, in per cent of the bar's width.
struct BarSegment: Equatable {
    var name: String
    var x: Double
    var width: Double
}

extension BarSegment {
    /// One in a million must still be seen.
    private static let least = 1.0

    /// A bar that is filled so far.
    init(name: String, part: Int, of whole: Int) {
        let width = whole > 0 ? min(Double(part) / Double(whole), 1) * 100 : 0
        self.init(name: name, x: 0, width: part > 0 ? max(width, Self.least) : 0)
    }

    /// Parts of a whole, side by side. What would be too small to be seen takes from what is not.
    static func stacked(_ counts: [(name: String, count: Int)]) -> [BarSegment] {
        let all = counts.reduce(0.0) { $0 + Double(max(0, $1.count)) }
        let widths = counts.map { $0.count > 0 ? max(Double($0.count) / all * 100, least) : 0 }
        let tooMuch = widths.reduce(-100, +)
        let spare = widths.reduce(0) { $0 + max(0, $1 - least) }
        var x = 0.0
        return zip(counts, widths).map { part, width in
            let taken = spare > 0 && tooMuch > 0 ? max(0, width - least) / spare * tooMuch : 0
            defer { x += width - taken }
            return BarSegment(name: part.name, x: x, width: width - taken)
        }
    }
}

import Foundation

/// Where values stand along an edge of a chart, and where its lines and labels are.
protocol Axis {
    var ticks: [(value: Double, label: String)] { get }
    /// 0 at the axis' start, 1 at its end.
    func place(_ value: Double) -> Double
}

/// From 0 to a round number above the highest value.
struct LinearAxis: Axis {
    let highest: Double
    let ticks: [(value: Double, label: String)]

    /// - Parameter isWhole: whether values are counts, so that no label has a fraction.
    init(upTo highest: Double, isWhole: Bool = false) {
        let rough = max(highest, 1e-6) / 4
        let magnitude = pow(10, log10(rough).rounded(.down))
        var step = ([1, 2, 5].map { $0 * magnitude }.first { $0 >= rough }) ?? 10 * magnitude
        if isWhole { step = max(step.rounded(), 1) }
        let count = max(1, Int((highest / step).rounded(.up)))
        self.highest = step * Double(count)
        ticks = (0...count).map { index in
            let value = step * Double(index)
            return (value, value < 1000 ? Numbers.decimal(value, digits: 2) : Numbers.count(Int(value.rounded())))
        }
    }

    func place(_ value: Double) -> Double { min(max(value / highest, 0), 1) }
}

/// From a lowest value to a highest by equal factors, for values of very different size.
struct LogarithmicAxis: Axis {
    let lowest: Double
    let highest: Double
    let ticks: [(value: Double, label: String)]

    /// - Parameters:
    ///   - lowest: above 0; what lies below it, 0 too, stands at the start.
    ///   - bottom: the label of the start; nil: none.
    init(from lowest: Double, to highest: Double, bottom: String? = nil, label: (Double) -> String) {
        self.lowest = lowest
        self.highest = max(highest, lowest * 2)
        // Few decades have room for lines between them.
        let factors: [Double] = log10(self.highest / lowest) < 1.6 ? [1, 2, 5] : [1]
        var ticks: [(value: Double, label: String)] = bottom.map { [(lowest, $0)] } ?? []
        for exponent in Int(log10(lowest).rounded(.down))...Int(log10(self.highest).rounded(.up)) {
            for factor in factors {
                let value = factor * pow(10, Double(exponent))
                // The start's own label needs room.
                guard value >= lowest * (bottom == nil ? 0.999 : 1.5), value <= self.highest * 1.001 else { continue }
                ticks.append((value, label(value)))
            }
        }
        self.ticks = ticks
    }

    func place(_ value: Double) -> Double {
        guard value > lowest else { return 0 }
        return min(log(value / lowest) / log(highest / lowest), 1)
    }
}

/// A span of time, with labels at round moments. Values are seconds since 1970.
struct TimeAxis: Axis {
    let start: Double
    let end: Double
    let ticks: [(value: Double, label: String)]

    private static let steps: [Double] = [
        0.001, 0.005, 0.02, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800,
        21_600, 43_200, 86_400,
        172_800, 604_800, 1_209_600, 2_592_000, 7_776_000, 15_552_000, 31_536_000,
    ]

    init(_ span: Span) {
        let start = span.from.timeIntervalSince1970
        let end = max(span.until.timeIntervalSince1970, start + 0.001)
        let length = end - start
        let step = Self.steps.first { length / $0 <= 5 } ?? length / 4
        let isOneDay = Moment(span.from).date == Moment(span.until).date
        var ticks: [(value: Double, label: String)] = []
        var moment = (start / step).rounded(.up) * step
        while moment <= end + step * 1e-6 {
            ticks.append((moment, Self.label(moment, step: step, isOneDay: isOneDay)))
            moment += step
        }
        self.start = start
        self.end = end
        self.ticks = ticks
    }

    private static func label(_ moment: Double, step: Double, isOneDay: Bool) -> String {
        let words = Moment(Date(timeIntervalSince1970: moment))
        if step >= 7_776_000 { return words.longDay }
        if step >= 86_400 { return words.day }
        if step < 1 { return words.exactTime }
        if step < 60 { return words.time }
        return isOneDay ? words.minute : "\(words.day) \(words.minute)"
    }

    func place(_ value: Double) -> Double { min(max((value - start) / (end - start), 0), 1) }
    func place(_ date: Date) -> Double { place(date.timeIntervalSince1970) }
}

import Foundation

/// What was measured, for a terminal.
struct GatewayTable {
    let contenders: [GatewayContender]

    func print() {
        let full = Load.saturating
        let light = Load.light
        row(
            "\(full.connections) connections:", "requests/s", "of pass-through", "(each round)", "µs of CPU each",
            "memory")
        for contender in contenders {
            row(
                contender.name, number(contender.perSecond.median), ratio(ratios(contender).median),
                "(\(ratio(ratios(contender).min() ?? 0))–\(ratio(ratios(contender).max() ?? 0)))",
                number(contender.processorTime.median), "\(number(contender.server.peakMemory)) MiB")
        }
        row(
            "\(light.connections) connections, resting \(light.pause) ms each:", "median, ms", "added", "p99, ms",
            "added")
        for contender in contenders {
            row(
                contender.name, milliseconds(contender.median.median), added(contender, \.median),
                milliseconds(contender.p99.median), added(contender, \.p99))
        }
        guard let gateway = contenders.last, gateway.version == "v1" else { return }
        let reached = ratios(gateway).median
        Swift.print(
            "  The gateway answers \(ratio(reached)) times as many requests as pass-through; the aim is 0.8: "
                + (reached >= 0.8 ? "reached" : "missed"))
    }

    /// To pass-through's requests of the same round.
    private func ratios(_ contender: GatewayContender) -> [Double] {
        zip(contender.perSecond, contenders[1].perSecond).map { $0 / $1 }
    }

    /// What it takes longer than the upstream, in the same round.
    private func added(_ contender: GatewayContender, _ percentile: KeyPath<GatewayContender, [Double]>) -> String {
        let differences = zip(contender[keyPath: percentile], contenders[0][keyPath: percentile]).map { $0 - $1 }
        return String(format: "%+.3f", differences.median / 1000)
    }

    private func row(_ name: String, _ cells: String...) {
        let padded = cells.map { String(repeating: " ", count: max(0, 16 - $0.count)) + $0 }
        Swift.print("  " + name.padding(toLength: 34, withPad: " ", startingAt: 0) + padded.joined())
    }

    private func number(_ value: Double) -> String { "\(Int(value.rounded()))" }
    private func ratio(_ value: Double) -> String { String(format: "%.2f", value) }
    private func milliseconds(_ microseconds: Double) -> String { String(format: "%.3f", microseconds / 1000) }
}

extension [Double] {
    var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}

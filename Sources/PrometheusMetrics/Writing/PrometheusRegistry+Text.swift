extension PrometheusRegistry {
    /// What HTTP is to call the text.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// All metrics in Prometheus' text format (version 0.0.4), sorted, each family with its meaning and type.
    package func text() -> [UInt8] {
        let families = counters.families() + gauges.families() + summaries.families() + timers.families()
        var text = TextWriter()
        for family in families.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            text.family(family.name, family.kind, help: help(of: family))
            for (labels, series) in family.series { series.write(family.name, labels, to: &text) }
        }
        return text.bytes
    }
}

package import CoreMetrics

/// Whole and floating point counters of a name are one counter; meters, and recorders of single values, one gauge.
extension PrometheusRegistry: MetricsFactory {
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        counters.series(label, dimensions)
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        counters.series(label, dimensions)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauges.series(label, dimensions)
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate { return summaries.series(label, dimensions) }
        return gauges.series(label, dimensions)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        timers.series(label, dimensions)
    }

    // What was counted has happened, and others may count in the same series: it stays.

    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    // A gauge tells how something is now, and that is no more.

    package func destroyMeter(_ handler: any MeterHandler) {
        if let gauge = handler as? GaugeSeries { gauges.remove(gauge) }
    }

    package func destroyRecorder(_ handler: any RecorderHandler) {
        if let gauge = handler as? GaugeSeries { gauges.remove(gauge) }
    }
}

package import GuaranteeClients

/// How a dual run is made.
package struct DualRunOptions: Sendable {
    package var limits = PacingLimits()
    /// How far apart answers may be for their amounts to be comparable: seconds.
    package var comparableWithin = 300.0
    /// How long v1.0 keeps a pending answer (contract section 3.2).
    package var pendingKept = Duration.seconds(3600)

    package init() {}

    /// How many pairs are under way at once: as many as keep the rate full while each waits for its lock, and few enough
    /// that a pair's second answer comes well before it is too late to compare.
    package var window: Int {
        let pairsPerSecond = Double(limits.callsPerSecond) / 2
        let spacing = limits.lock.inSeconds + limits.lockMargin.inSeconds
        let longest = min(comparableWithin * 0.6, max(spacing * 2.5, 10))
        return min(max(Int(pairsPerSecond * longest), 4), 5000)
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

import Comparison
import DualRun
import GuaranteeClients
import Synchronization

/// The line that tells how far a dual run has come, on a terminal: done, to do, waiting, rate, estimate, classes.
final class ProgressWatch: Sendable {
    private let isShown: Bool
    private let shown = Mutex<ContinuousClock.Instant?>(nil)

    init(isShown: Bool) {
        self.isShown = isShown
    }

    func show(_ progress: DualRunProgress) {
        guard isShown else { return }
        let isDue = shown.withLock { last in
            if let last, ContinuousClock.now - last < .milliseconds(200) { return false }
            last = .now
            return true
        }
        if isDue { Terminal.progress(Self.text(progress)) }
    }

    func clear() { if isShown { Terminal.progress("") } }

    static func text(_ progress: DualRunProgress) -> String {
        var parts = ["\(progress.judged) of \(progress.pairs) done, \(progress.toDo) to do"]
        let locks = progress.calls.waitingForLocks
        if locks > 0 { parts.append("\(locks) wait for locks") }
        if progress.calls.waitingForQuota > 0 { parts.append("\(progress.calls.waitingForQuota) for the day's quota") }
        if let rate = progress.rate {
            parts.append(rate < 10 ? "\((rate * 10).rounded() / 10) a second" : "\(Int(rate)) a second")
        }
        if progress.toDo > 0, let left = progress.left { parts.append("about \(duration(left)) left") }
        let classes = PairClass.allCases.compactMap { pairClass in
            progress.classes[pairClass].flatMap { $0 > 0 ? "\($0) \(pairClass.rawValue)" : nil }
        }
        if !classes.isEmpty { parts.append(classes.joined(separator: ", ")) }
        return parts.joined(separator: "; ")
    }

    private static func duration(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        let digits = { (number: Int64) in number < 10 ? "0\(number)" : "\(number)" }
        if seconds >= 86_400 { return "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h" }
        if seconds >= 3600 { return "\(seconds / 3600):\(digits(seconds % 3600 / 60)) h" }
        return "\(seconds / 60):\(digits(seconds % 60))"
    }
}

import Batch
import Foundation

/// The line that tells how far a run has come, on a terminal: records, rate, and an estimate of what is left.
struct ProgressLine {
    private let isShown: Bool
    private let totalBytes: Int
    private let begin = ContinuousClock.now
    private var shown = ContinuousClock.now - .seconds(1)

    init(files: [InputFile], isShown: Bool) {
        self.isShown = isShown
        totalBytes =
            isShown
            ? files.reduce(0) { sum, file in
                let size = try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int
                return sum + (size ?? 0)
            } : 0
    }

    mutating func show(_ progress: ConvertRun.Progress) {
        guard isShown, ContinuousClock.now - shown > .milliseconds(200) else { return }
        shown = .now
        let elapsed = ContinuousClock.now - begin
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        var text = "\(progress.records) records, \(Int(Double(progress.records) / max(seconds, 0.001)))/s"
        let share = Double(progress.bytes) / Double(max(totalBytes, 1))
        if share > 0.01, share <= 1 {
            let left = Int(seconds / share - seconds)
            text += ", \(Int(share * 100)) %, about \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
        }
        Terminal.progress(text)
    }

    func clear() {
        if isShown { Terminal.progress("") }
    }
}

import Comparison
import Foundation

/// A row of a table of the live page.
struct LiveRow {
    /// What tells it from the table's other rows: a row that stays keeps its place in the page.
    var key: String
    /// Texts by the name of their cell.
    var cells: [String: String]
    /// The moment whose age stands in the cell `age`.
    var at: Date?
    /// What the row's swatch stands for.
    var pairClass: PairClass?
}

extension LiveRow {
    init(_ difference: LiveState.Difference, now: Date) {
        let moment = Moment(difference.at)
        key = "\(difference.pair) \(moment.iso8601)"
        cells = [
            "pair": Numbers.count(difference.pair),
            "age": Age.words(now.timeIntervalSince(difference.at)),
            "time": "\(moment.time) UTC",
            "grn": VisibleText.shortened(difference.grn, to: 40),
            "class": difference.pairClass.rawValue,
            "what": VisibleText.shortened(difference.what, to: 300),
        ]
        at = difference.at
        pairClass = difference.pairClass
    }
}

/// How long ago something was. The page's script says it in the same words as time goes by.
enum Age {
    static func words(_ seconds: Double) -> String {
        guard seconds >= 5 else { return "just now" }
        if seconds < 60 { return "\(Int(seconds)) s ago" }
        if seconds < 3_600 { return "\(Int(seconds / 60)) min ago" }
        if seconds < 86_400 { return "\(Int(seconds / 3_600)) h ago" }
        let days = Int(min(seconds / 86_400, 1e6))
        return days == 1 ? "1 day ago" : "\(days) days ago"
    }
}

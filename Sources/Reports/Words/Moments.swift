import Foundation

/// Moments as reports spell them: always in UTC.
struct Moment {
    /// `2026-11-25`
    let date: String
    /// `09:12:31`
    let time: String
    private let milliseconds: Int

    init(_ moment: Date) {
        // Rounded first: to cut off digits would turn 0.123 into 0.122.
        let total = (moment.timeIntervalSince1970 * 1000).rounded()
        let whole = (total / 1000).rounded(.down)
        milliseconds = Int(total - whole * 1000)
        let text = Date(timeIntervalSince1970: whole).formatted(.iso8601)
        let parts = text.split(separator: "T")
        date = parts.first.map { String($0) } ?? text
        time = String(parts.last?.dropLast() ?? "")
    }

    /// `2026-11-25 09:12:31`
    var words: String { "\(date) \(time)" }

    /// `09:12`
    var minute: String { String(time.dropLast(3)) }

    /// `25 Nov`
    var day: String {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = date.split(separator: "-")
        guard parts.count == 3, let month = Int(parts[1]), names.indices.contains(month - 1), let day = Int(parts[2])
        else { return date }
        return "\(day) \(names[month - 1])"
    }

    /// `25 Nov 2026`
    var longDay: String { "\(day) \(date.prefix { $0 != "-" })" }

    /// `09:12:31.120`
    var exactTime: String {
        let digits = String(milliseconds)
        return "\(time).\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits)"
    }

    /// `2026-11-25T09:12:31.120Z`
    var iso8601: String { "\(date)T\(exactTime)Z" }
}

/// A span of time: `2026-11-25 09:00:00 to 11:20:00 UTC`.
struct Span {
    var from: Date
    var until: Date

    var words: String {
        let (start, end) = (Moment(from), Moment(until))
        return "\(start.words) to \(start.date == end.date ? end.time : end.words) UTC"
    }
}

import Foundation

/// Points in time as recordings tell them. Plain arithmetic: a formatter is slow, and shared by nobody safely.
enum RecordedTime {
    /// ISO 8601 with a date, a time of day and a zone: `2021-09-14T09:52:15.123Z`, `2021-09-14 10:52+01:00`.
    ///
    /// Nil for anything else. A date alone is no point in time, and neither is a time whose zone nobody knows.
    static func iso8601(_ text: String) -> Date? {
        var scan = Scan(text)
        guard let year = scan.number(4), scan.take("-"), let month = scan.number(2), scan.take("-"),
            let day = scan.number(2), let midnight = seconds(year, month, day),
            scan.take("T") || scan.take("t") || scan.take(" "),
            let hour = scan.number(2), hour < 24, scan.take(":"), let minute = scan.number(2), minute < 60
        else { return nil }
        var second = 0.0
        if scan.take(":") {
            guard let whole = scan.number(2), whole <= 60, let fraction = scan.fraction() else { return nil }
            second = Double(whole) + fraction
        }
        guard let offset = scan.zone(), scan.isAtEnd else { return nil }
        return Date(timeIntervalSince1970: Double(midnight + hour * 3600 + minute * 60 - offset) + second)
    }

    /// The date of HTTP (RFC 1123): `Tue, 14 Sep 2021 09:53:00 GMT`. The name of the day is not looked at.
    static func http(_ text: String) -> Date? {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "," })
        guard words.count == 6, words[5] == "GMT" || words[5] == "UTC",
            let day = digits(words[1], 1...2), let month = months.firstIndex(of: words[2].lowercased()),
            let year = digits(words[3], 4...4), let midnight = seconds(year, month + 1, day)
        else { return nil }
        var scan = Scan(String(words[4]))
        guard let hour = scan.number(2), hour < 24, scan.take(":"), let minute = scan.number(2), minute < 60,
            scan.take(":"), let second = scan.number(2), second <= 60, scan.isAtEnd
        else { return nil }
        return Date(timeIntervalSince1970: Double(midnight + hour * 3600 + minute * 60 + second))
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    private static func digits(_ text: Substring, _ lengths: ClosedRange<Int>) -> Int? {
        guard lengths.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    /// Seconds since 1970 of a day's first moment in UTC; nil for a day that the calendar does not have.
    private static func seconds(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        guard (1...12).contains(month) else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...lengths[month - 1]).contains(day) else { return nil }
        // Years that begin in March have the leap day at their end.
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
        return days * 86_400
    }
}

/// Goes through a text of digits and marks.
private struct Scan {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) {
        rest = Array(text.utf8)[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// A number of exactly so many digits.
    mutating func number(_ count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// A part of a second behind a point or a comma; 0 where there is neither, nil where no digit follows.
    mutating func fraction() -> Double? {
        guard take(".") || take(",") else { return 0 }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
        return Double("0." + String(decoding: digits, as: UTF8.self))
    }

    /// Seconds ahead of UTC, from `Z`, `+01:00`, `+0100` or `+01`.
    mutating func zone() -> Int? {
        if take("Z") || take("z") { return 0 }
        let isAhead = take("+")
        guard isAhead || take("-"), let hours = number(2), hours < 24 else { return nil }
        var minutes = 0
        if take(":") || !rest.isEmpty {
            guard let told = number(2), told < 60 else { return nil }
            minutes = told
        }
        return (isAhead ? 1 : -1) * (hours * 3600 + minutes * 60)
    }
}

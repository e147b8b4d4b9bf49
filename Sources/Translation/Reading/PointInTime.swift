/// Points in time as the hub holds them: UTC, as exact as they were told.
///
/// `2021-09-14` where only a date is known, `2021-09-14T09:52Z` to the minute (NCTS4 XML), `2021-09-14T09:52:15.123Z` to the
/// second or finer (v1.0's JSON).
enum PointInTime {
    /// A date from yyyyMMdd, or from yyMMdd of this century; nil from anything else.
    static func date(fromDigits digits: String) -> String? {
        let bytes = Array(digits.utf8)
        guard bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        switch bytes.count {
        case 8: return text(bytes[0..<4]) + "-" + text(bytes[4..<6]) + "-" + text(bytes[6..<8])
        case 6: return "20" + text(bytes[0..<2]) + "-" + text(bytes[2..<4]) + "-" + text(bytes[4..<6])
        default: return nil
        }
    }

    /// A date with a time of day from HHmm; nil where either is something else.
    static func adding(time digits: String, to date: String) -> String? {
        let bytes = Array(digits.utf8)
        guard date.utf8.count == 10, bytes.count == 4, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return date + "T" + text(bytes[0..<2]) + ":" + text(bytes[2..<4]) + "Z"
    }

    static func isTimestamp(_ text: String) -> Bool { timestamp(of: text) == text }

    static func isExactToTheMinute(_ text: String) -> Bool { text.utf8.count == 17 }

    static func dateDigits(of text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10 else { return nil }
        return self.text(bytes[0..<4]) + self.text(bytes[5..<7]) + self.text(bytes[8..<10])
    }

    static func timeDigits(of text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 16 else { return nil }
        return self.text(bytes[11..<13]) + self.text(bytes[14..<16])
    }

    /// The point with seconds: `2021-09-14T09:52:00Z`; nil where no time of day is known.
    static func timestamp(of text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 17, bytes[10] == UInt8(ascii: "T"), bytes.last == UInt8(ascii: "Z") else { return nil }
        return bytes.count == 17 ? self.text(bytes[0..<16]) + ":00Z" : text
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    static func epochSecond(of text: String) -> Int? {
        let parts = text.split(whereSeparator: { !("0"..."9").contains($0) }).compactMap { Int($0) }
        guard parts.count >= 5 else { return nil }
        // Days from the civil calendar, with years that begin in March.
        let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
        let dayOfYear = (153 * (parts[1] + (parts[1] > 2 ? -3 : 9)) + 2) / 5 + parts[2] - 1
        let days = year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
        return ((days * 24 + parts[3]) * 60 + parts[4]) * 60 + (parts.count > 5 ? parts[5] : 0)
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}

import Foundation

/// Numbers as sentences and tables spell them: the same everywhere, whatever the language of the system.
enum Numbers {
    /// `12,345`
    static func count(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }

    /// `1 pair`, `12,345 pairs`
    static func count(_ number: Int, _ noun: String) -> String {
        "\(count(number)) \(noun)\(number == 1 ? "" : noun.hasSuffix("s") ? "es" : "s")"
    }

    /// A rate as it was set: `1 %`, `0.25 %`.
    static func percent(_ rate: Double) -> String { decimal(rate * 100, digits: 4) + " %" }

    /// A bound, rounded up to two digits, or as many as tell on which side of the limit it is: `0.73 %`.
    static func bound(_ rate: Double, against limit: Double) -> String {
        let value = rate * 100
        guard value > 0 else { return "0 %" }
        guard rate < 1 else { return "100 %" }
        let first = max(0, 1 - Int(log10(value).rounded(.down)))
        for digits in first..<(first + 12) {
            let scale = pow(10, Double(digits))
            // What is 7 % but for the last bit of a double is not 7.1 %.
            let rounded = (value * scale - 1e-6).rounded(.up) / scale
            let text = String(format: "%.\(digits)f", rounded)
            if (rounded <= limit * 100) == (rate <= limit) { return text + " %" }
        }
        return decimal(value, digits: 12) + " %"
    }

    /// A part of a whole: `92.2 %`, `<0.1 %`; nothing where there is no whole.
    static func share(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "" }
        let value = Double(part) / Double(whole) * 100
        if part > 0, value < 0.1 { return "<0.1 %" }
        if part < whole, value > 99.9 { return ">99.9 %" }
        return String(format: "%.1f %%", value)
    }

    /// Seconds as milliseconds: `120`, `1.5`, `12,345`.
    static func milliseconds(_ seconds: Double) -> String {
        let value = seconds * 1000
        return value < 10 ? decimal(value, digits: 1) : count(Int(value.rounded()))
    }

    /// Seconds in the unit that fits them: `120 ms`, `2.4 s`, `5 minutes`, `1 day`.
    static func duration(_ seconds: Double) -> String {
        if seconds < 1 { return milliseconds(seconds) + " ms" }
        if seconds < 60 { return decimal(seconds, digits: 1) + " s" }
        for (unit, length) in [("day", 86_400.0), ("hour", 3_600)] where seconds >= length {
            let value = decimal(seconds / length, digits: 1)
            return "\(value) \(unit)\(value == "1" ? "" : "s")"
        }
        let value = decimal(seconds / 60, digits: 1)
        return "\(value) minute\(value == "1" ? "" : "s")"
    }

    /// A number with at most so many digits after the point, and no zeros at its end.
    static func decimal(_ value: Double, digits: Int) -> String {
        var text = String(format: "%.\(digits)f", value)
        if text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        return text == "-0" ? "0" : text
    }
}

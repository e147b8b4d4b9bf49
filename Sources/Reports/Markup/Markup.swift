import Foundation

/// HTML, SVG or XML that is safe to write: whatever a text is put together from is escaped, but for other markup.
struct Markup: ExpressibleByStringInterpolation, Sendable {
    private(set) var text: String

    init(stringLiteral text: String) { self.text = text }

    init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
        mutating func appendInterpolation(_ parts: [Markup]) { for part in parts { text += part.text } }
        mutating func appendInterpolation(_ markup: Markup?) { if let markup { text += markup.text } }
        mutating func appendInterpolation(_ number: Int) { text += String(number) }
        /// A length in a drawing: a hundredth of a unit is fine enough.
        mutating func appendInterpolation(_ number: Double) { text += Numbers.decimal(number, digits: 2) }
        /// - Parameter lines: whether line breaks stay.
        mutating func appendInterpolation(_ text: String, lines: Bool = false) {
            self.text += Markup.escaped(VisibleText.of(text, keepsLines: lines))
        }
    }

    /// A sentence of ours: a number and its sign of per cent stay on one line.
    static func sentence(_ text: String) -> Markup { "\(text.replacingOccurrences(of: " %", with: "\u{A0}%"))" }

    static func + (left: Markup, right: Markup) -> Markup { "\(left)\(right)" }
    static func += (left: inout Markup, right: Markup) { left.text += right.text }

    private static func escaped(_ text: String) -> String {
        let special: Set<UInt8> = Set("&<>\"'".utf8)
        guard text.utf8.contains(where: special.contains) else { return text }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): escaped += "&amp;".utf8
            case UInt8(ascii: "<"): escaped += "&lt;".utf8
            case UInt8(ascii: ">"): escaped += "&gt;".utf8
            case UInt8(ascii: "\""): escaped += "&quot;".utf8
            case UInt8(ascii: "'"): escaped += "&#39;".utf8
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}

extension Sequence<Markup> {
    func joined() -> Markup { reduce(into: "") { $0 += $1 } }
}

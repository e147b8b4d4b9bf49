/// An amount of money as it was spelled, compared as the number that it spells (contract section 2).
///
/// Neither a binary double nor Foundation's `Decimal` carries it: the one is inexact, the other forgets trailing zeros.
public struct Amount: Sendable, CustomStringConvertible {
    /// The number as it was spelled: `12345678.90` stays so.
    public let lexeme: String
    private let value: DecimalValue

    /// An amount, where the text spells a decimal number: digits with an optional sign, fraction and exponent.
    public init?(_ lexeme: String) {
        guard let value = DecimalValue(lexeme) else { return nil }
        self.lexeme = lexeme
        self.value = value
    }

    public var description: String { lexeme }

    /// The number without exponent, superfluous zeros or a sign on zero (`1.0E7` is `10000000`, `0.10` is `0.1`); nil
    /// where that takes more than 64 characters.
    public var plain: String? { value.plain }

    /// Whether the number has no fraction, however it is spelled.
    public var isIntegral: Bool { value.isIntegral }
}

extension Amount: Hashable {
    /// Equal numbers are equal amounts, however they are spelled.
    public static func == (left: Amount, right: Amount) -> Bool { left.value == right.value }
    public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

/// A decimal number in normal form: its digits without zeros at either end, and the power of ten of the last of them.
private struct DecimalValue: Hashable, Sendable {
    let isNegative: Bool
    let digits: [UInt8]
    let exponent: Int

    init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
        var digits: [UInt8] = []
        var exponent = 0
        let integer = bytes.prefix { (0x30...0x39).contains($0) }
        digits += integer
        bytes = bytes[integer.endIndex...]
        if bytes.first == UInt8(ascii: ".") {
            let fraction = bytes.dropFirst().prefix { (0x30...0x39).contains($0) }
            guard !fraction.isEmpty else { return nil }
            digits += fraction
            exponent = -fraction.count
            bytes = bytes[fraction.endIndex...]
        }
        guard !integer.isEmpty else { return nil }
        if bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") {
            // An exponent that does not fit its type belongs to no amount that anyone can hold.
            guard let power = Int32(String(decoding: bytes.dropFirst(), as: UTF8.self)) else { return nil }
            exponent += Int(power)
            bytes = bytes[bytes.endIndex...]
        }
        guard bytes.isEmpty else { return nil }
        let significant = digits.drop { $0 == 0x30 }
        let trailing = significant.reversed().prefix { $0 == 0x30 }.count
        self.digits = Array(significant.dropLast(trailing))
        self.exponent = self.digits.isEmpty ? 0 : exponent + trailing
        self.isNegative = isNegative && !self.digits.isEmpty
    }

    var isIntegral: Bool { exponent >= 0 }

    var plain: String? {
        guard !digits.isEmpty else { return "0" }
        guard digits.count + abs(exponent) <= 60 else { return nil }
        var bytes = digits
        if exponent >= 0 {
            bytes += Array(repeating: 0x30, count: exponent)
        } else {
            let missing = -exponent - digits.count + 1
            if missing > 0 { bytes.insert(contentsOf: Array(repeating: 0x30, count: missing), at: 0) }
            bytes.insert(UInt8(ascii: "."), at: bytes.count + exponent)
        }
        return (isNegative ? "-" : "") + String(decoding: bytes, as: UTF8.self)
    }
}

/// A guarantee reference number, as it was spelled (contract section 2).
///
/// 2 digits (year), 2 letters (country), 12 letters or digits and a check digit make 17 characters; an individual
/// guarantee voucher adds a letter and 6 digits. v1.0 took any 1 to 24 letters or digits, so this type holds any text
/// and tells what is unusual about it.
public struct GRN: Hashable, Sendable, CustomStringConvertible {
    /// The number as it was spelled: nothing is trimmed or folded.
    public let text: String

    public init(_ text: String) {
        self.text = text
    }

    public var description: String { text }

    /// The two letters of the country, where the text has at least four characters.
    public var country: String? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 4 else { return nil }
        return String(decoding: bytes[2..<4], as: UTF8.self)
    }

    /// Whether the text has the form of a GRN: 17 characters, or 24 for a voucher.
    public var isWellFormed: Bool { Array(text.utf8).withUnsafeBufferPointer(Self.isWellFormed) }

    /// Whether the check digit fits, by ISO 6346; nil where the text has not the form of a GRN.
    ///
    /// HMRC's own documents show numbers that fail, so a failure is worth a warning and never a rejection.
    public var hasValidCheckDigit: Bool? { Array(text.utf8).withUnsafeBufferPointer(Self.hasValidCheckDigit) }

    package static func hasValidCheckDigit(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard isWellFormed(text) else { return nil }
        var sum = 0
        for position in 0..<16 { sum += value(of: text[position]) << position }
        return sum % 11 % 10 == Int(text[16] - 0x30)
    }

    private static func isWellFormed(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count == 17 || text.count == 24 else { return false }
        for position in text.indices {
            let byte = text[position]
            let fits =
                switch position {
                case 2, 3, 17: byte.isCapital
                case 4..<16: byte.isDigit || byte.isCapital
                default: byte.isDigit
                }
            guard fits else { return false }
        }
        return true
    }

    /// A digit's own value; a letter's from 10, with the multiples of 11 left out (A 10, B 12, K 21, L 23, V 34).
    private static func value(of byte: UInt8) -> Int {
        if byte.isDigit { return Int(byte - 0x30) }
        let letter = Int(byte - 0x41)
        return 10 + letter + (letter + 9) / 10
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
    fileprivate var isCapital: Bool { (0x41...0x5A).contains(self) }
}

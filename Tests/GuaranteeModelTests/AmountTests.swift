import GuaranteeModel
import Testing

@Suite("Amounts keep their spelling and are compared as numbers")
struct AmountTests {
    @Test(
        "Equal numbers are equal amounts, with equal hashes",
        arguments: [
            ("12345678.90", "12345678.9"), ("262626.0", "262626"), ("1.0E7", "10000000"), ("1e7", "1E+7"), ("-0", "0"),
            ("0.0", "0"), ("0e400", "0"), ("0.10", "0.1"), ("1e-2", "0.01"), ("100e-2", "1"), ("0012", "12"),
            ("+5", "5"),
            ("1e400", "10e399"), ("-1.50", "-1.5"), ("12345678901234567890.12", "12345678901234567890.120"),
        ])
    func equal(_ left: String, _ right: String) throws {
        let (one, other) = (try #require(Amount(left)), try #require(Amount(right)))
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one.lexeme == left && other.lexeme == right)
        #expect(one.description == left)
    }

    @Test(
        "Numbers that a binary double can't tell apart are told apart",
        arguments: [
            ("12345678901234567890.12", "12345678901234567890.13"), ("0.1", "0.10000000000000000001"),
            ("1e400", "1e401"),
            ("1", "-1"), ("9007199254740993", "9007199254740992"), ("0", "1e-400"),
        ])
    func different(_ left: String, _ right: String) throws {
        #expect(try #require(Amount(left)) != #require(Amount(right)))
    }

    @Test(
        "The plain spelling has no exponent, superfluous zero or sign on zero",
        arguments: [
            ("0.10", "0.1"), ("-0", "0"), ("-0.00", "0"), ("1.0E7", "10000000"), ("262626.0", "262626"),
            ("1e-2", "0.01"),
            ("0.5e1", "5"), ("-12.340", "-12.34"), ("00012", "12"),
            ("12345678901234567890.12", "12345678901234567890.12"),
            ("1e59", "1" + String(repeating: "0", count: 59)), ("0e99999", "0"), ("123e-1", "12.3"), ("5e-3", "0.005"),
        ])
    func plain(_ text: String, _ plain: String) throws {
        #expect(try #require(Amount(text)).plain == plain)
    }

    @Test("What takes more than 64 characters has no plain spelling", arguments: ["1e400", "1e-400", "1e2147483647"])
    func notPlain(_ text: String) throws {
        #expect(try #require(Amount(text)).plain == nil)
    }

    @Test(
        "What spells no decimal number is no amount",
        arguments: [
            "", "-", "+", ".", ".5", "5.", "1.2.3", "1e", "1e+", "e5", "1,5", " 1", "1 ", "0x10", "NaN", "Infinity",
            "--1", "٣",
            "1e99999999999", "1_000", "1\u{301}", "1e5.0",
        ])
    func noAmount(_ text: String) {
        #expect(Amount(text) == nil)
    }

    @Test(
        "Whether a number has a fraction does not hang on its spelling",
        arguments: [
            ("12", true), ("12.0", true), ("1.2E1", true), ("0.00", true), ("12.5", false), ("1e-1", false),
            ("10e-1", true),
        ])
    func integral(_ text: String, _ isIntegral: Bool) throws {
        #expect(try #require(Amount(text)).isIntegral == isIntegral)
    }
}

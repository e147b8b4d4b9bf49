import GuaranteeModel
import JSONMessages
import Testing

@Suite("Numbers")
struct NumberTests {
    static let lexemes = [
        "0", "-0", "0.10", "-0.0", "1", "10", "-12345678.90", "12345678.90", "1E400", "1e-400", "0e0", "0E+00",
        "1.5e+10",
        "9007199254740993", "123456789012345678901234567890", "0.000", "-1e5",
    ]

    static let others = [
        "", "-", "+", "+1", ".5", "-.5", "1.", "1.e5", "-1.", "01", "-01", "00", "0x10", "1e", "1e+", "1E-", "1.2.3",
        "1e5.5",
        "--1", "1-", "1_000", "1,000", " 1", "1 ", "NaN", "Infinity", "1f", "e5", "١",
    ]

    @Test("A number keeps its lexeme", arguments: lexemes)
    func lexemeKept(lexeme: String) throws {
        #expect(isNumber(lexeme))
        for text in [lexeme, "[\(lexeme)]", "{\"a\":\(lexeme)}", "[\(lexeme),\(lexeme)]"] {
            #expect(Outcome(reading: text) == .ok(text))
        }
        let tree = try read("[ \(lexeme)\n]")
        #expect(tree.nodes[1].kind == .number)
        #expect(tree.text(of: 1) == lexeme)
    }

    @Test("What is no number is told", arguments: others)
    func noNumber(text: String) {
        #expect(!isNumber(text))
    }

    @Test(
        "Numbers that are wrong are refused where they go wrong",
        arguments: [
            ("-", 1), ("+1", 0), (".5", 0), ("-.5", 1), ("1.", 2), ("[1.]", 3), ("1.e5", 2), ("01", 1), ("-01", 2),
            ("[00]", 2), ("0x10", 1), ("1e", 2), ("1e+", 3), ("[1E-]", 4), ("1.2.3", 3), ("1e5.5", 3), ("--1", 1),
            ("1-", 1), ("1_000", 1), ("1f", 1), ("[-a]", 2),
        ])
    func refuses(text: String, offset: Int) {
        #expect(Outcome(reading: text) == .failed(.malformed, offset: offset))
    }

    private func isNumber(_ text: String) -> Bool { JSONText.isNumber(text.utf8.span) }
}

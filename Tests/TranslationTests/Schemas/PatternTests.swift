import TestSupport
import Testing

@testable import Translation

@Suite("Patterns match whole values, as XSD has it")
struct PatternTests {
    static let cases: [(pattern: String, matching: [String], failing: [String])] = [
        ("abc", ["abc"], ["", "ab", "abcd", "xabc"]),
        ("", [""], ["a"]),
        (".", ["a", "é", "😀", "\u{85}", "\u{2028}"], ["", "\n", "\r", "ab"]),
        (".{2,3}", ["ab", "a\u{301}", "abc"], ["a", "abcd"]),
        ("a*", ["", "aaa"], ["b", "ab"]), ("a+", ["a", "aa"], [""]), ("a?b", ["b", "ab"], ["aab", "a"]),
        ("a{2}", ["aa"], ["a", "aaa"]), ("a{2,}", ["aa", "aaaaaa"], ["a"]),
        ("[a-c1]", ["a", "b", "c", "1"], ["d", "-", ""]), ("[^a-c]", ["d", "\n"], ["a", ""]),
        ("[-a]", ["-", "a"], ["b"]), ("[a-]", ["-", "a"], ["b"]), ("[1|2]", ["1", "|", "2"], ["3"]),
        ("[.]", ["."], ["a"]), ("\\.", ["."], ["a"]), ("[\\]\\\\]", ["]", "\\"], ["["]),
        ("a|bc|", ["a", "bc", ""], ["b", "abc"]), ("(a|b)c", ["ac", "bc"], ["c", "abc"]),
        ("(ab){2,3}", ["abab", "ababab"], ["ab", "abababab"]), ("(a*)*b", ["b", "aab"], ["a"]),
        ("(a|ab)(c|bcd)", ["ac", "abc", "abcd", "abbcd"], ["ab", "abcdc"]),
        ("\\p{L}\\p{Nd}", ["a1", "é٣", "字𝟗"], ["1a", "a½", "_1"]),
        ("[\\p{L}\\p{Nd}]{4}", ["AC01", "éÄ字٣"], ["AC0", "AC-1"]),
        ("^ab$", ["ab"], ["^ab$", "a"]),
        (
            "0|0\\.[0-9]{1,2}|[1-9][0-9]*\\.[0-9]{1,2}|[1-9][0-9]{0,14}", ["0", "0.1", "10.05", "123456789012345"],
            ["00", "01", "1.", ".5", "1.234", "-1", "1234567890123456"]
        ),
    ]

    @Test("What matches and what does not", arguments: cases)
    func matches(pattern: String, matching: [String], failing: [String]) throws {
        let compiled = try Pattern(pattern)
        for text in matching { #expect(compiled.matches(text), "\(text.debugDescription)") }
        for text in failing { #expect(!compiled.matches(text), "\(text.debugDescription)") }
    }

    @Test("A pattern that could be tried in very many ways, or has very many states, is matched all the same")
    func manyWays() throws {
        let text = String(repeating: "a", count: 5_000)
        #expect(try !Pattern("(a*)*b").matches(text))
        #expect(try Pattern("(a|aa)*").matches(text))
        // Its table would have a million states.
        let late = try Pattern("(a|b)*a(a|b){20}")
        #expect(late.matches("a" + String(repeating: "b", count: 20)))
        #expect(!late.matches("b" + String(repeating: "b", count: 20)))
        #expect(throws: SchemaError.self) { try Pattern("((a|b){1000}){1000}") }
    }

    @Test(
        "What is outside the subset is refused",
        arguments: [
            "(a", "a)", "[a", "a{2", "a{x}", "*", "+a", "?", "a|*", "\\d", "\\w", "\\p{Lu}", "[b-a]", "a{", "}", "]",
            "\\",
        ])
    func refused(pattern: String) {
        #expect(throws: SchemaError.self) { try Pattern(pattern) }
    }

    @Test("A generated text matches the pattern that it was made from")
    func generated() throws {
        var texts = TextGenerator(random: .forTest("pattern texts"))
        for (pattern, _, _) in Self.cases {
            let compiled = try Pattern(pattern)
            for _ in 0..<50 {
                let text = texts.text(of: compiled.root, atMost: 20)
                #expect(compiled.matches(text), "\(text.debugDescription) and \(pattern)")
            }
        }
    }
}

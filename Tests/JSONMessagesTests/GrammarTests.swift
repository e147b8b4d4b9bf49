import GuaranteeModel
import JSONMessages
import Testing

@Suite("The grammar of RFC 8259")
struct GrammarTests {
    @Test(
        "Texts that are JSON are read",
        arguments: [
            ("{}", "{}"),
            ("[]", "[]"),
            (" \t\r\n[ ]\n", "[]"),
            ("\"\"", "\"\""),
            ("0", "0"),
            ("true", "true"),
            ("false", "false"),
            (" null ", "null"),
            ("\u{FEFF}{}", "{}"),
            ("[1,2,[3],{}]", "[1,2,[3],{}]"),
            ("{\"\":0}", "{\"\":0}"),
            ("{\"a\" : [ { \"b\" : null } , true ] , \"c\" : \"d\"}", "{\"a\":[{\"b\":null},true],\"c\":\"d\"}"),
            ("{\"a\":{\"a\":{\"a\":1}}}", "{\"a\":{\"a\":{\"a\":1}}}"),
            ("\"\u{7F}\u{2028}\u{2029}é😀\"", "\"\u{7F}\u{2028}\u{2029}é😀\""),
        ])
    func accepts(text: String, compact: String) {
        #expect(Outcome(reading: text) == .ok(compact))
    }

    @Test(
        "Texts that are no JSON are refused where they go wrong",
        arguments: [
            ("", 0),
            ("  ", 2),
            ("\u{FEFF}", 3),
            ("\u{FEFF}\u{FEFF}1", 3),
            ("[", 1),
            ("[1", 2),
            ("[1,", 3),
            ("[1,]", 3),
            ("[,1]", 1),
            ("[1,,2]", 3),
            ("[1 2]", 3),
            ("[1}", 2),
            ("]", 0),
            ("{", 1),
            ("{\"a\"", 4),
            ("{\"a\":", 5),
            ("{\"a\":1", 6),
            ("{\"a\":1,", 7),
            ("{\"a\":1,}", 7),
            ("{,}", 1),
            ("{\"a\" 1}", 5),
            ("{\"a\":}", 5),
            ("{\"a\"}", 4),
            ("{\"a\":1]", 6),
            ("{\"a\":1 \"b\":2}", 7),
            ("{a:1}", 1),
            ("{1:1}", 1),
            ("{'a':1}", 1),
            ("{null:1}", 1),
            ("'a'", 0),
            ("1 1", 2),
            ("{} {}", 3),
            ("[]]", 2),
            ("1,", 1),
            ("// c\n1", 0),
            ("[1/* c */]", 2),
            ("[1]# c", 3),
            ("{/**/}", 1),
            ("NaN", 0),
            ("Infinity", 0),
            ("-Infinity", 1),
            ("True", 0),
            ("tru", 3),
            ("trie", 2),
            ("truee", 4),
            ("nul]", 3),
            ("nil", 1),
            ("undefined", 0),
            ("\u{A0}1", 0),
            ("[1\u{0B}]", 2),
            ("\u{0}", 0),
            ("1\u{0}", 1),
        ])
    func refuses(text: String, offset: Int) {
        #expect(Outcome(reading: text) == .failed(.malformed, offset: offset))
    }

    @Test("Every beginning of a text is refused at its end")
    func truncation() {
        let text = #" {"a\u00e9\ud83d\ude00": [true, false, null, -1.5e+10, "\\x\n", {}, []], "b": 0}"#
        for length in 0..<text.utf8.count {
            let start = Array(text.utf8.prefix(length))
            #expect(Outcome(reading: start) == .failed(.malformed, offset: length), "\(length) bytes")
        }
    }

    @Test("Kinds, names and texts are those of the values")
    func shape() throws {
        let tree = try read(#"{"a":"x\ny","b":[1.50,true,false,null,{}],"c":[]}"#)
        #expect(tree.syntax == .json)
        #expect(
            tree.nodes.map(\.kind) == [
                .group, .string, .array, .number, .boolean, .boolean, .null, .group, .array,
            ])
        #expect(tree.nodes.indices.map(tree.name(of:)) == ["", "a", "b", "", "", "", "", "", "c"])
        #expect(tree.nodes.indices.map(tree.text(of:)) == ["", "x\ny", "", "1.50", "true", "false", "null", "", ""])
        #expect(tree.nodes.map(\.parent) == [-1, 0, 0, 2, 2, 2, 2, 2, 0])
        #expect(tree.nodes.map(\.end) == [9, 2, 8, 4, 5, 6, 7, 8, 9])
    }

    @Test("A tree that is read into again holds the new text alone, and nothing after an error")
    func reuse() throws {
        var tree = WireTree(syntax: .xml)
        let reader = JSONReader()
        try reader.read(Array(#"{"a":[1,2,3]}"#.utf8).span, into: &tree)
        try reader.read(Array(#"{"b":4}"#.utf8).span, into: &tree)
        #expect(compact(tree) == #"{"b":4}"#)
        #expect(tree.syntax == .json)
        #expect(throws: JSONError.self) { try reader.read(Array("[1,".utf8).span, into: &tree) }
        #expect(tree.isEmpty)
    }
}

import GuaranteeModel
import JSONMessages
import Testing

@Suite("Writing trees")
struct WriterTests {
    @Test("Pretty has a line per value, two spaces per depth, and empty containers in one piece")
    func pretty() throws {
        let tree = try read(#"{"a":1,"b":[],"c":{},"d":[1,{"e":"f"},[null]]}"#)
        #expect(
            written(tree, .pretty) == """
                {
                  "a": 1,
                  "b": [],
                  "c": {},
                  "d": [
                    1,
                    {
                      "e": "f"
                    },
                    [
                      null
                    ]
                  ]
                }
                """)
    }

    @Test("A node inside is written as a value of its own, without its name")
    func inside() throws {
        let tree = try read(#"{"a":{"b":[1,{"c":2}],"d":3},"e":4}"#)
        #expect(
            tree.nodes.indices.map { written(tree, node: $0, .compact) } == [
                #"{"a":{"b":[1,{"c":2}],"d":3},"e":4}"#, #"{"b":[1,{"c":2}],"d":3}"#, #"[1,{"c":2}]"#, "1", #"{"c":2}"#,
                "2",
                "3", "4",
            ])
    }

    @Test("Only what must be escaped is escaped, in names as in texts")
    func escapes() {
        var tree = WireTree(syntax: .json)
        tree.begin(.group, name: "")
        let text = "\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1}\u{1F}\u{7F}é\u{2028}\u{2029}😀"
        tree.leaf(.string, name: text, text: text)
        tree.end()
        let spelled = "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u0001\\u001f\u{7F}é\u{2028}\u{2029}😀\""
        #expect(compact(tree).isSpelled("{\(spelled):\(spelled)}"))
    }

    @Test("What is written is appended")
    func appends() throws {
        var bytes = Array("x".utf8)
        JSONWriter.write(try read("[1]"), into: &bytes)
        #expect(bytes == Array("x[1]".utf8))
    }
}

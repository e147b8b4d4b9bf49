import GuaranteeModel
import JSONMessages
import Testing

@Suite("Duplicate members")
struct DuplicateTests {
    static let lenient = JSONReader(duplicates: .keepLast)

    @Test(
        "A name that comes again in the same object is refused there",
        arguments: [
            (#"{"a":1,"a":1}"#, 7),
            (#"{"a":1,"b":2,"a":{}}"#, 13),
            (#"{"a":1,"\u0061":2}"#, 7),
            (#"{"\u00e9":1,"é":2}"#, 12),
            (#"{"":1,"":2}"#, 6),
            (#"{"x":{"a":1},"a":[{"b":1,"b":2}]}"#, 25),
            (#"{"a":{"a":1,"b":2},"a":2}"#, 19),
        ])
    func rejected(text: String, offset: Int) {
        #expect(Outcome(reading: text) == .failed(.duplicateMember, offset: offset))
    }

    @Test(
        "Names that differ in a byte, or stand in different objects, are none",
        arguments: [
            #"{"a":{"a":1},"b":{"a":1}}"#,
            #"[{"a":1},{"a":1}]"#,
            #"{"a":1,"A":2}"#,
            "{\"\u{E9}\":1,\"e\u{301}\":2}",
            #"{"ab":1,"a":2,"aab":3,"acb":4}"#,
            #"{"a":1,"":2}"#,
        ])
    func accepted(text: String) {
        #expect(Outcome(reading: text) == .ok(text))
    }

    @Test("Kept leniently, the last counts and those before stay in the tree, marked")
    func keepLast() throws {
        let tree = try read(#"{"a":[1],"b":2,"a":{"a":3,"a":4},"a":5}"#, with: Self.lenient)
        #expect(tree.nodes.count == 8)
        let superseded = tree.nodes.indices.filter { tree.nodes[$0].isSuperseded }
        #expect(superseded == [1, 4, 5])
        #expect(compact(tree) == #"{"b":2,"a":5}"#)
        #expect(tree.child("a", of: 0) == 7)
        #expect(written(tree, node: 4, .compact) == #"{"a":4}"#)
    }

    @Test("A superseded last member leaves no comma")
    func nestedSuperseded() throws {
        let tree = try read(#"{"x":{"a":{"b":1},"a":[]},"x":{"c":0,"c":{}}}"#, with: Self.lenient)
        #expect(compact(tree) == #"{"x":{"c":{}}}"#)
        #expect(written(tree, node: 1, .pretty) == "{\n  \"a\": []\n}")
    }

    @Test("The message quotes the name, escaped and cut, and says where the first one is")
    func message() throws {
        let short = try #require(refusal(of: #"{"a\n":1,"a\n":2}"#))
        #expect(short.message.contains(#"the member "a\n" came before"#))
        #expect(short.message.contains("line 1, column 8"))
        let name = String(repeating: "é", count: 1000)
        let long = try #require(refusal(of: "{\"\(name)\":1,\"\(name)\":2}"))
        #expect(long.message.contains(#"the member "\#(name.prefix(80))…" came before"#))
    }

    @Test("Large objects keep count of their names too", arguments: [15, 16, 17, 18, 40, 100_000])
    func largeObjects(count: Int) throws {
        let members = (0..<count).map { "\"member\($0)\":\($0)" }.joined(separator: ",")
        #expect(Outcome(reading: "{\(members)}") == .ok("{\(members)}"))
        for repeated in [0, count / 2, count - 1] {
            let text = "{\(members),\"member\(repeated)\":null}"
            #expect(Outcome(reading: text) == .failed(.duplicateMember, offset: members.utf8.count + 2))
            let tree = try read(text, with: Self.lenient)
            #expect(tree.nodes.indices.filter { tree.nodes[$0].isSuperseded } == [repeated + 1])
        }
    }

    @Test("Large objects inside each other are told apart")
    func nestedLargeObjects() {
        let many = (0..<20).map { "\"m\($0)\":0" }.joined(separator: ",")
        let inner = "{\(many),\"in\":{\(many),\"m\":{\"m1\":1},\"x\":0},\"y\":{}}"
        let text = "{\"before\":0,\"a\":\(inner),\"b\":\(inner),\(many),\"c\":\(inner)}"
        #expect(Outcome(reading: text) == .ok(text))
        let repeated = "{\"before\":0,\"a\":\(inner),\(many),\"c\":\(inner)"
        #expect(
            Outcome(reading: "\(repeated),\"before\":1}") == .failed(.duplicateMember, offset: repeated.utf8.count + 1))
    }

    @Test("One name a hundred thousand times leaves the last")
    func oneNameOften() throws {
        let text = "{" + String(repeating: "\"a\":1,", count: 100_000) + "\"a\":2}"
        #expect(compact(try read(text, with: Self.lenient)) == #"{"a":2}"#)
    }
}

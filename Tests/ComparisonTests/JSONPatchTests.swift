import Comparison
import GuaranteeModel
import JSONMessages
import Testing

@Suite struct `A JSON Patch` {
    private func patch(_ left: String, _ right: String) throws -> String {
        let trees = (try JSONReader().read(Array(left.utf8)), try JSONReader().read(Array(right.utf8)))
        return String(decoding: JSONPatch(from: trees.0, to: trees.1).json, as: UTF8.self)
    }

    @Test(arguments: [
        (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, "[]"),
        (#"{"a":1}"#, #"{"a":1.0}"#, #"[{"op":"replace","path":"/a","value":1.0}]"#),
        (#"{"a":1}"#, #"{"a":"1"}"#, #"[{"op":"replace","path":"/a","value":"1"}]"#),
        (
            #"{"a":{"b":1}}"#, #"{"a":{"c":[1]}}"#,
            #"[{"op":"remove","path":"/a/b"},{"op":"add","path":"/a/c","value":[1]}]"#
        ),
        (
            "[1,2,3,4]", "[1,5]",
            #"[{"op":"replace","path":"/1","value":5},{"op":"remove","path":"/3"},{"op":"remove","path":"/2"}]"#
        ),
        ("[]", "[1,{}]", #"[{"op":"add","path":"/0","value":1},{"op":"add","path":"/1","value":{}}]"#),
        (#"{"a/b~c":1}"#, "{}", #"[{"op":"remove","path":"/a~1b~0c"}]"#),
        ("1", #"{"a":null}"#, #"[{"op":"replace","path":"","value":{"a":null}}]"#),
        (#"{"":1}"#, #"{"":2}"#, #"[{"op":"replace","path":"/","value":2}]"#),
    ])
    func `has the operations of RFC 6902`(left: String, right: String, operations: String) throws {
        #expect(try patch(left, right) == operations)
    }
}

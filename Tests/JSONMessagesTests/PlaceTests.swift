import GuaranteeModel
import JSONMessages
import Testing

@Suite("Places")
struct PlaceTests {
    @Test("Each node stands where its value starts, lines and columns from 1 and in bytes")
    func nodes() throws {
        let tree = try read("{\n  \"é\": \"x\",\r\n\t\"b\" :\n[ -1,true]}")
        #expect(
            tree.nodes.map(\.place) == [
                Place(line: 1, column: 1, offset: 0),
                Place(line: 2, column: 9, offset: 10),
                Place(line: 4, column: 1, offset: 23),
                Place(line: 4, column: 3, offset: 25),
                Place(line: 4, column: 6, offset: 28),
            ])
    }

    @Test("A byte order mark counts as three bytes")
    func byteOrderMark() throws {
        let tree = try read("\u{FEFF} 1")
        #expect(tree.nodes[0].place == Place(line: 1, column: 5, offset: 4))
    }

    @Test(
        "Errors say line, column and offset",
        arguments: [
            ("[1,\n 2,\n  x]", Place(line: 3, column: 3, offset: 10)),
            ("[\n\n", Place(line: 3, column: 1, offset: 3)),
            ("{\"é\":\"\\x\"}", Place(line: 1, column: 8, offset: 7)),
            ("\n{\"a\":1,\n\"a\":2}", Place(line: 3, column: 1, offset: 9)),
            ("[\r\n\"a\nb\"]", Place(line: 2, column: 3, offset: 5)),
        ])
    func errors(text: String, place: Place) {
        #expect(refusal(of: text)?.place == place)
    }

    @Test("An error's description begins with its place")
    func description() throws {
        let error = try #require(refusal(of: "[1,\n]"))
        #expect(error.description == "line 2, column 1 (offset 4): \(error.message)")
    }
}

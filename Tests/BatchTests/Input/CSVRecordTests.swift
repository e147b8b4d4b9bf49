import GuaranteeModel
import Testing
import Translation

@testable import Batch

@Suite("Records that are rows of CSV")
struct CSVRecordTests {
    @Test("Fields may be quoted, with quotes and line breaks in them")
    func quoting() {
        let found = records(
            in: "id,payload,note\r\n1,<a/>,\r\n\"2\",\"<a b=\"\"c\"\">\r\n</a>\n\",\"x,y\"\r\n3,\" <a/>\",z")
        #expect(found.map(\.text) == ["<a/>", "<a b=\"c\">\r\n</a>\n", " <a/>"])
        #expect(found.map(\.idText) == [#""1""#, #""2""#, #""3""#])
        #expect(found.map(\.line) == [2, 3, 6])
        #expect(found.allSatisfy { $0.container == .csv && $0.payload.isDecodedText && $0.failure == nil })
    }

    @Test("Semicolons and tabs separate where the header says so", arguments: [";", "\t"])
    func separators(_ separator: String) {
        let text = "grn\(separator)payload\n01GB\(separator)\"<a>1,5</a>\"\n"
        let found = records(in: text, options: InputOptions(grnField: "grn"))
        #expect(found.map(\.summary) == [#"0 csv 2 - 01GB true - "<a>1,5</a>""#])
    }

    @Test("An id becomes a JSON string; an empty one is none")
    func ids() {
        let found = records(in: "payload,id\n<a/>,\"a\"\"\\b\"\n<a/>,\n")
        #expect(found.map(\.idText) == [#""a\"\\b""#, nil])
    }

    @Test("Blank lines are no records, a header alone has none")
    func blankLines() {
        #expect(records(in: "\n\nid,payload\n\n1,<a/>\n  \n\r\n2,<b/>\n\n").map(\.line) == [5, 8])
        #expect(records(in: "id,payload\n").isEmpty)
        #expect(records(in: "payload").isEmpty)
    }

    @Test("A row with too few or too many fields fails alone")
    func fieldCount() {
        let found = records(in: "id,payload\n1\n2,<a/>,\n3,<a/>\n4,\"<a>\n\",x\n5,\n6,<a/>")
        #expect(found.map(\.line) == [2, 3, 4, 5, 7, 8])
        #expect(found.map { $0.failure == nil } == [false, false, true, false, false, true])
        #expect(found[4].idText == #""5""#)
        #expect(found[1].text == "2,<a/>,\n")
    }

    @Test("Behind a broken quote the next good row is found again")
    func brokenQuotes() {
        let bad = [
            "x,\"<a>\n", "x,\"<a/>\"y\n", "x,\"<a>\n<b>\n</b></a>\n", "x,\"<a b=\"c\">\n<d e=\"f\"/>\n</a>\"\n",
            "x,\"\n",
        ]
        for row in bad {
            let text = "id,payload\n1,\"<a/>\"\n\(row)2,\"<b>\n</b>\"\n3,<c/>\n"
            let found = records(in: text)
            #expect(found.map(\.idText) == [#""1""#, nil, #""2""#, #""3""#])
            #expect(found.map { $0.failure == nil } == [true, false, true, true])
            #expect(found[1].text == row)
        }
        let last = records(in: "id,payload\n1,\"<a/>\"\n2,\"<b/>")
        #expect(last.map { $0.failure == nil } == [true, false])
    }

    @Test("A quote inside a field that is not quoted is a character like others")
    func strayQuotes() {
        #expect(records(in: "id,payload\n1,<a b=\"c\"/>\n").map(\.text) == ["<a b=\"c\"/>"])
    }

    @Test("A row beyond the limit fails alone, whether its quote is closed or not", arguments: ["\"\n", "\n"])
    func enormousRow(_ end: String) {
        let options = InputOptions(maximumMessageSize: 50)
        let long = String(repeating: "<a>\n", count: 100) + String(repeating: "x", count: 1000)
        for chunkSize in [1, 7, 4096] {
            let found = records(in: "id,payload\n1,\"\(long)\(end)2,<b/>\n", options: options, chunkSize: chunkSize)
            #expect(found.map { $0.failure?.code } == [.tooLarge, nil])
            #expect(found.first?.payload.bytes.count == 50)
            #expect(found.map(\.line) == [2, 103])
        }
    }

    @Test("Bytes that are no UTF-8 fail in their row, with their place")
    func encoding() {
        let text = Array("id,payload\n1,\"<a>\n".utf8) + [0x20, 0xE9] + Array("</a>\"\n2,<b/>\n".utf8)
        let found = records(in: text)
        #expect(found.map { $0.failure?.code } == [.encoding, nil])
        #expect(found[0].failure?.place.line == 2)
        #expect(found[0].failure?.place.column == 2)
        #expect(found[0].failure?.place.offset == 8)
    }
}

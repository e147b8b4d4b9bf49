import Testing
import Translation

@testable import Batch

@Suite("Reading piece by piece")
struct ChunkTests {
    static let ndjson = """
        {"id":"é\u{1F600}","payload":"<a b=\\"\\u00e9\\">é\u{1F600}</a>"}\r
        {"id":1,"payload":"<a\r
        \r
        {"status":200,"body":{"balance":12345678.90}}
        {"id":2,"payload":{"n":[1,2,{"x":"}"}]}}\r
        rubbish
        {"id":3,"payload":"<last/>"}
        """
    static let csv =
        "id;payload\r\n\"1\";\"<a b=\"\"c\"\">\r\né\u{1F600}</a>\"\r\n\r\n2;\"<b\"x\n<c>\r\n"
        + "3;\"<d/>\"\n4\r\n5;<e f=\"g\"/>\r\n6;\"\"\"\"\n7;\"\"\r\n8;<é/>"
    static let lines =
        "\(query(1))\r\n\r\n\(base64(query(2)))\n<![CDATA[\(answer(3))]]>\r\n"
        + "{\"id\":4,\"payload\":\"<é/>\"}\r\n\(declaration)<é>\u{1F600}<b/></é>"
    static let files = [
        declaration + "\r\n" + pretty(answer()), "{\n \"status\": 200\n}", base64(answer(), wrapped: true),
    ]

    @Test("The records are the same wherever the pieces are cut", arguments: [ndjson, csv, lines] + files)
    func sameRecords(_ text: String) {
        let encodings = [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), utf16(text), utf16(text, isBigEndian: true),
            utf16(text, hasMark: false), utf16(text) + [0x0A],
        ]
        for options in [InputOptions(), InputOptions(maximumMessageSize: 60)] {
            for bytes in encodings {
                let whole = records(in: bytes, options: options, chunkSize: 1 << 20).map(\.summary)
                #expect(!whole.isEmpty)
                for chunkSize in [1, 2, 3, 7, 4096] {
                    #expect(records(in: bytes, options: options, chunkSize: chunkSize).map(\.summary) == whole)
                }
            }
        }
    }

    @Test("UTF-16 that is lines gives the records that UTF-8 does", arguments: [ndjson, csv, lines])
    func sameInUTF16(_ text: String) {
        let expected = records(in: text).map(\.text)
        #expect(records(in: utf16(text)).map(\.text) == expected)
        #expect(records(in: utf16(text, isBigEndian: true), chunkSize: 7).map(\.text) == expected)
        let message = records(in: utf16("\(query(1))\n\(query(2))\n"))
        #expect(message.map(\.payload.isDecodedText) == [true, true])
    }

    @Test("What is looked at to tell the container is read but once, and lines go on behind it")
    func beyondThePeek() {
        let line = #"{"id":1,"payload":"<a>0123456789</a>"}"# + "\n"
        let count = 3 * Layout.peekSize / line.utf8.count
        let text = String(repeating: line, count: count)
        #expect(records(in: text, chunkSize: 128 << 10).count == count)
        let rows = "id,payload\n" + String(repeating: "1,\"<a>\n</a>\"\n", count: 40_000)
        #expect(records(in: rows, chunkSize: 128 << 10).map(\.failure).filter { $0 == nil }.count == 40_000)
    }

    @Test("A message in UTF-16 or with a mark is left as it is, for its reader to decode")
    func wholeFiles() {
        for bytes in [utf16(query()), utf16(pretty(query())), [0xEF, 0xBB, 0xBF] + Array(query().utf8)] {
            let found = records(in: bytes)
            #expect(found.map(\.payload.bytes) == [bytes])
            #expect(found.map(\.payload.isDecodedText) == [false])
            #expect(found.map(\.line) == [nil])
        }
    }

    @Test("A message beyond the limit is not read further")
    func enormousMessage() {
        let text = pretty(query()) + String(repeating: "\n", count: 1000)
        let found = records(in: text, options: InputOptions(maximumMessageSize: 500))
        #expect(found.map { $0.failure?.code } == [.tooLarge])
        #expect(found.first?.payload.bytes.count == 500)
    }

    @Test("An empty file is a record that fails", arguments: ["", "\n \n", "\u{FEFF}"])
    func emptyFile(_ text: String) {
        #expect(records(in: text).map { $0.failure?.code } == [.unknownMessage])
    }

    @Test("Where reading fails midway, what came before is kept and the fault is a record", arguments: [1, 5, 4096])
    func faultMidway(_ chunkSize: Int) {
        let line = #"{"id":1,"payload":"<a/>"}"# + "\n"
        let found = records(in: Array((line + line).utf8), chunkSize: chunkSize, faultAt: line.utf8.count + 5)
        #expect(found.map { $0.failure?.code } == [nil, .unreadable])
        #expect(found.map(\.line) == [1, 2])
        #expect(found.last?.text == #"{"id""#)
        let none = records(in: Array(line.utf8), chunkSize: chunkSize, faultAt: 0)
        #expect(none.map { $0.failure?.code } == [.unreadable])
    }
}

import GuaranteeModel
import Testing
import Translation

@testable import Batch

@Suite("Records that are lines")
struct LineRecordTests {
    @Test("The message of a record is a string, decoded, or an object, as it is spelled")
    func payloads() {
        let found = records(
            in: """
                {"id":"a","payload":"<a b=\\"\\u00e9\\"\\/>"}
                {"payload": {"n": 12345678.90,  "s":"}\\""} , "id": 1}
                {"id":null,"payload":[1]}
                """)
        #expect(found.map(\.text) == [#"<a b="é"/>"#, #"{"n": 12345678.90,  "s":"}\""}"#, "[1]"])
        #expect(found.map(\.idText) == [#""a""#, "1", nil])
        #expect(found.map(\.line) == [1, 2, 3])
        #expect(found.allSatisfy { $0.payload.isDecodedText && $0.failure == nil && $0.container == .ndjson })
        #expect(found.map(\.number) == [0, 1, 2])
    }

    @Test("A line without a payload is the message")
    func messages() {
        let lines = [#"{"status":200,"id":7}"#, #"{"code":"NOT_FOUND","message":"Not found"}"#]
        let found = records(in: lines.joined(separator: "\r\n"))
        #expect(found.map(\.text) == lines)
        #expect(found.map(\.idText) == ["7", nil])
    }

    @Test("What the toolkit wrote is read again", arguments: [#"{"status":200}"#, #""<a/>""#])
    func ownOutput(_ message: String) {
        let found = records(in: #"{"id":1,"source":{"file":"x"},"message":\#(message)}"#)
        #expect(found.map(\.idText) == ["1"])
        #expect(found.map { $0.text.count < 20 } == [true])
    }

    @Test(
        "An id is kept as it is spelled",
        arguments: [#""\u0041\/""#, "1.50", "-0", "1e400", #""""#, "12345678901234567890"])
    func ids(_ id: String) {
        #expect(records(in: #"{"payload":"<a/>","id":\#(id)}"#).map(\.idText) == [id])
    }

    @Test("Anything else is no id", arguments: ["true", "null", "{}", "[1]"])
    func noIDs(_ id: String) {
        #expect(records(in: #"{"payload":"<a/>","id":\#(id)}"#).map(\.idText) == [nil])
    }

    @Test("Fields have the names that were given")
    func names() {
        let options = InputOptions(payloadField: "xml", idField: "key", grnField: "grn")
        let found = records(in: #"{"key":5,"grn":"01GB","xml":"<a/>","payload":1,"id":2}"#, options: options)
        #expect(found.map(\.summary) == [#"0 ndjson 1 5 01GB true - "<a/>""#])
    }

    @Test("A bad line fails with its place and costs no other")
    func badLines() {
        let bad = [
            (#"{"id":1,"payload":"<a"#, "malformed-json"),
            (#"{"id":1,"payload":"<a/>","payload":"<b/>"}"#, "malformed-json"),
            (#"{"id":1,"payload":null}"#, "unknown-message"),
            (#"{"id":1,"payload":"\ud800"}"#, "malformed-json"),
            (#"load":"<a/>"}"#, "malformed-json"),
            (String(repeating: "{\"a\":", count: 100) + "1" + String(repeating: "}", count: 100), "too-large"),
        ]
        for (line, code) in bad {
            let found = records(in: "{\"id\":0,\"payload\":\"<a/>\"}\n\n\(line)\n{\"id\":2,\"payload\":\"<a/>\"}\n")
            #expect(found.map(\.idText).count == 3)
            #expect(found.map(\.line) == [1, 3, 4])
            #expect(found.map { $0.failure?.code.rawValue } == [nil, code, nil])
            #expect(found[1].text == line)
        }
        let cut = records(in: "{\"payload\":\n{\"payload\":\"<a/>\"}\n{\"status\":200}")
        #expect(cut.map { $0.failure == nil } == [false, true, true])
    }

    @Test("A duplicate payload is placed at the second")
    func duplicate() throws {
        let failure = try #require(records(in: #"{"payload":1,"payload":2}"#).first?.failure)
        #expect(failure.place.offset == 23)
        #expect(failure.path == "/payload")
    }

    @Test("Bytes that are no UTF-8 fail in their line")
    func encoding() {
        var bytes = Array("{\"payload\":\"<a/>\"}\n{\"payload\":\"<".utf8)
        bytes += [0xE9] + Array("/>\"}\n{\"payload\":\"<b/>\"}".utf8)
        let found = records(in: bytes)
        #expect(found.map { $0.failure?.code } == [nil, .encoding, nil])
        #expect(found[1].failure?.place.offset == 13)
    }

    @Test("Plain lines are as they were, in whatever order and wrapping")
    func plainLines() {
        let lines = [query(1), "<![CDATA[\(answer(2))]]>", base64(query(3)), "[1,2,3]", #"{"status":200}"#, "rubbish"]
        let found = records(in: "\u{FEFF}" + lines.joined(separator: "\r\n\n \n"))
        #expect(found.map(\.text) == lines)
        #expect(found.map(\.line) == [1, 4, 7, 10, 13, 16])
        #expect(found.allSatisfy { $0.container == .lines && $0.failure == nil && $0.id == nil })
        #expect(found.map(\.payload.isDecodedText) == [false, false, false, false, true, false])
    }

    @Test("A byte order mark inside files that were joined does no harm")
    func marksInside() {
        let found = records(in: "{\"payload\":\"<a/>\"}\n\u{FEFF}{\"payload\":\"<b/>\"}\n")
        #expect(found.map(\.text) == ["<a/>", "<b/>"])
    }

    @Test("A line beyond the limit is skipped as it streams by")
    func enormousLine() {
        let options = InputOptions(maximumMessageSize: 100)
        let long = #"{"payload":"\#(String(repeating: "x", count: 2000))"}"#
        for text in ["{\"payload\":\"<a/>\"}\n\(long)\n{\"payload\":\"<b/>\"}\n", "\(long)\n{\"payload\":\"<b/>\"}\n"] {
            for chunkSize in [1, 64, 1000, 1 << 20] {
                let found = records(in: text, options: options, chunkSize: chunkSize)
                #expect(found.suffix(2).map { $0.failure?.code } == [.tooLarge, nil])
                #expect(found.suffix(2).first?.payload.bytes.count == 100)
                #expect(found.last?.text == "<b/>")
            }
        }
    }

    @Test("A line of just the limit is read, with either line end", arguments: ["\n", "\r\n", ""])
    func lineAtTheLimit(_ lineEnd: String) {
        let line = #"{"payload":"<a/>"}"#
        for chunkSize in [1, 7, 4096] {
            let text = line + "\n" + line + lineEnd
            let fits = InputOptions(maximumMessageSize: line.utf8.count)
            #expect(records(in: text, options: fits, chunkSize: chunkSize).allSatisfy { $0.failure == nil })
            let not = InputOptions(maximumMessageSize: line.utf8.count - 1)
            #expect(records(in: text, options: not, chunkSize: chunkSize).allSatisfy { $0.failure?.code == .tooLarge })
        }
    }

    @Test("An unpaired surrogate of UTF-16 fails in its line, and so does half a character at the end")
    func brokenUTF16() {
        let line = #"{"payload":"<a/>"}"#
        var bytes = utf16(line + "\n" + line + "\n")
        bytes += utf16(#"{"payload":""#, hasMark: false) + [0x3D, 0xD8] + utf16("\"}\n" + line, hasMark: false)
        #expect(records(in: bytes).map { $0.failure?.code } == [nil, nil, .encoding, nil])
        #expect(records(in: bytes + [0x20]).map { $0.failure == nil } == [true, true, false, false])
    }
}

import Testing

@testable import Batch

/// A text, and what it is.
struct DetectionCase: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var container: InputRecord.Container

    var testDescription: String { name }

    init(_ name: String, _ text: String, _ container: InputRecord.Container) {
        self.name = name
        self.text = text
        self.container = container
    }
}

extension DetectionCase {
    static let xml: [Self] = [
        Self("one line", query(), .file),
        Self("one line with its end", query() + "\n", .file),
        Self("declaration on its own line", declaration + "\n" + query() + "\n", .file),
        Self("white space in front", "\r\n  \t" + query(), .file),
        Self("pretty", declaration + "\n" + pretty(answer()), .file),
        Self("pretty without indentation", pretty(answer(), indent: ""), .file),
        Self("pretty and cut", String(pretty(answer()).dropLast(30)), .file),
        Self("pretty without indentation and cut", String(pretty(answer(), indent: "").dropLast(30)), .file),
        Self("root tag on two lines", "<CD034A\n xmlns=\"a>b\">\n" + query() + "\n</CD034A>", .file),
        Self("comment in front", "<!-- <x> -->\n" + pretty(query()), .file),
        Self("a document type", "<!DOCTYPE a [\n<!ENTITY b \"<c>\">\n]>\n<a>\n<b/>\n</a>", .file),
        Self("one document behind another on a line", query(1) + query(2), .file),
        Self("one pretty document behind another", pretty(query(1)) + "\n" + pretty(query(2)), .file),
        Self("the same, declared", "\(declaration)\n\(pretty(query()))\n\(declaration)\n\(pretty(query()))", .file),
        Self("in an envelope", "<transitRequest>\n<xml>\n" + query() + "\n</xml>\n</transitRequest>", .file),
        Self("quoted in an envelope", "<a>\n<b><![CDATA[\n\(declaration)\(query())\n]]></b>\n</a>", .file),
        Self("in CDATA on many lines", "<![CDATA[\n" + declaration + query() + "\n]]>", .file),
        Self("one per line", query(1) + "\n" + answer(2) + "\n", .lines),
        Self("one per line, declared", "\(declaration)\(query(1))\r\n\(declaration)\(query(2))", .lines),
        Self("one per line, blank lines between", "\n" + query(1) + "\n\n\n" + query(2) + "\n", .lines),
        Self("two on the first line, one on the next", query(1) + query(2) + "\n" + query(3), .lines),
        Self("first line cut between tags", "<CD034A><MesIdeMES19>1</MesIdeMES19>\n" + query(2) + "\n", .lines),
        Self("first line cut in a tag", "<CD034A><MesIde\n" + query(2) + "\n" + query(3), .lines),
        Self("first line cut in the root's name", "<CD0\n" + query(2) + "\n" + query(3), .lines),
        Self("first line cut in its declaration", "<?xml version=\n\(declaration)\(query())\n", .lines),
        Self("first line cut before its root", "<?xml vers\n\(query(1))\n\(query(2))\n", .lines),
        Self("a declaration on two lines", "<?xml version=\"1.0\"\n?>\n\(pretty(query()))", .file),
        Self("first line of another kind and cut", "<CD906A><Mes\n" + query(2) + "\n", .lines),
        Self("first line a declaration alone", declaration + "\n" + query(1) + "\n" + query(2), .lines),
        Self("the rest cut too", "<CD034A><MesIde\n<CD034A><MesIdeMES19>2<\n", .lines),
        Self("then JSON", query() + "\n{\"status\":200}\n", .lines),
        Self("CDATA per line", "<![CDATA[\(query())]]>\n<![CDATA[\(query())]]>\n", .lines),
    ]

    static let json: [Self] = [
        Self("an object", #"{"status":200}"#, .file),
        Self("pretty", "{\n  \"status\": 200,\n  \"body\": {\n  }\n}\n", .file),
        Self("pretty without indentation", "{\n\"errors\":\n[\n{\"a\":1},\n{\"b\":2}\n]\n}", .file),
        Self("brackets at the line's beginning", "{\"errors\":[\n{\"a\":1},\n{\"b\":2}\n]}", .file),
        Self("pretty and cut", "{\n  \"status\": 200,\n  \"body\": {\n", .file),
        Self("an array", "[{\"a\":1}]", .file),
        Self("a pretty array", "[\n{\"a\":1},\n{\"b\":2}\n]\n", .file),
        Self("two on one line", #"{"status":200}{"status":200}"#, .file),
        Self("one record", #"{"id":1,"payload":"<a/>"}"#, .ndjson),
        Self("one record of ours", #"{"id":1,"source":{},"message":{"status":200}}"#, .ndjson),
        Self("an error with a message", #"{"code":"NOT_FOUND","message":"The balance request was not found"}"#, .file),
        Self("records", "{\"payload\":\"<a/>\"}\n{\"payload\":\"<b/>\"}\n", .ndjson),
        Self("messages", "{\"status\":200}\r\n\r\n{\"status\":404}", .ndjson),
        Self("messages, then rubbish", "{\"status\":200}\nrubbish\n", .ndjson),
        Self("first line cut in a string", "{\"payload\":\"<a\n{\"payload\":\"<b/>\"}\n", .ndjson),
        Self("first line cut in an object", "{\"payload\":{\"a\":1}\n{\"payload\":{}}\n{\"payload\":{}}\n", .ndjson),
        Self("first line cut before a value", "{\"payload\":\n{\"payload\":\"<b/>\"}\n{\"status\":200}\n", .ndjson),
        Self("all lines cut", "{\"payload\":\"<a\n{\"payload\":\"<b\n", .ndjson),
        Self("arrays per line", "[1,2,3]\n[4,5,6]\n", .lines),
        Self("an array, then an object", "[1,2,3]\n{\"status\":200}\n", .lines),
        Self("an object, then XML", "{\"status\":200}\n" + query(), .lines),
    ]

    static let others: [Self] = [
        Self("nothing", "", .file),
        Self("white space", "\n  \r\n", .file),
        Self("rubbish", "rubbish\nand more of it\n", .file),
        Self("rubbish before messages", "rubbish\n" + query() + "\n", .lines),
        Self("rubbish before records", "rubbish\n{\"payload\":\"<a/>\"}\n", .ndjson),
        Self("base64", base64(query()), .file),
        Self("wrapped base64", base64(pretty(answer()), wrapped: true) + "\n", .file),
        Self("wrapped base64 with equal lines", String(base64(query() + "    ", wrapped: true).prefix(153)), .file),
        Self("base64 per line", base64(query(1)) + "\n" + base64(query(2)) + "\n", .lines),
        Self("base64 per line, then XML", base64(#"{"status":200}"#) + "\n" + query(2) + "\n", .lines),
        Self("CSV", "id,payload\n1,\"<a/>\"\n", .csv),
        Self("CSV in another order", "a,message,b\r\n", .csv),
        Self("CSV with quoted names", "\"payload\",\"the\nid\"\n", .csv),
        Self("CSV with semicolons", "id;payload\n1;<a/>\n", .csv),
        Self("CSV of one column", "payload\n<a/>\n", .csv),
        Self("CSV without a payload", "id,text\n1,\"<a/>\"\n", .file),
    ]
}

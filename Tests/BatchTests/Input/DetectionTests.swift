import Testing

@testable import Batch

@Suite("Telling by content how the records lie in a file")
struct DetectionTests {
    @Test("XML", arguments: DetectionCase.xml)
    func xml(_ example: DetectionCase) {
        expect(example)
    }

    @Test("JSON", arguments: DetectionCase.json)
    func json(_ example: DetectionCase) {
        expect(example)
    }

    @Test("Anything else", arguments: DetectionCase.others)
    func others(_ example: DetectionCase) {
        expect(example)
    }

    private func expect(_ example: DetectionCase) {
        let encodings = [
            Array(example.text.utf8), [0xEF, 0xBB, 0xBF] + Array(example.text.utf8), utf16(example.text),
            utf16(example.text, isBigEndian: true),
        ]
        for bytes in encodings {
            #expect(Layout(of: bytes, isWhole: true, options: InputOptions()).container == example.container)
        }
    }

    @Test("The payload's name can be given, and then no other counts")
    func payloadField() {
        let options = InputOptions(payloadField: "xml")
        let layout = { (text: String) in Layout(of: Array(text.utf8), isWhole: true, options: options) }
        #expect(layout(#"{"xml":"<a/>"}"#).container == .ndjson)
        #expect(layout(#"{"payload":"<a/>"}"#).container == .file)
        #expect(layout("id,xml\n").columns == CSVColumns(delimiter: UInt8(ascii: ","), count: 2, payload: 1, id: 0))
        #expect(layout("id,payload\n").container == .file)
    }

    @Test("A line whose end is not in sight is taken for the first of many")
    func endlessLine() {
        let layout = { (text: String) in
            Layout(of: Array(text.utf8), isWhole: false, options: InputOptions()).container
        }
        #expect(layout(#"{"payload":"<CD034A>"#) == .ndjson)
        #expect(layout("<CD034A><a>") == .lines)
        #expect(layout(base64(query())) == .lines)
        #expect(layout("rubbish") == .file)
    }

    @Test("A long pretty message is one, though its end is not in sight")
    func longMessage() {
        let layout = { (text: String) in
            Layout(of: Array(text.utf8), isWhole: false, options: InputOptions()).container
        }
        #expect(layout("<CD037A>\n<a>1</a>\n<b><c>1</c></b>\n<d") == .file)
        #expect(layout("{\n\"errors\": [\n{\"a\": 1},\n{\"a\": 2},\n{\"a") == .file)
        #expect(layout(query(1) + "\n" + String(query(2).prefix(20))) == .lines)
    }
}

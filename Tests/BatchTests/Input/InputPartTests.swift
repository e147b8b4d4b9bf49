import Testing
import Translation

@testable import Batch

@Suite struct `A part of an input` {
    private func found(_ bytes: [UInt8], _ lines: InputPart.Lines = .ndjson) -> [InputRecord] {
        var options = InputOptions()
        options.part = InputPart(lines: lines, firstLine: 41, firstRecord: 40)
        return records(in: bytes, options: options)
    }

    /// What a damaged line looks like is no matter of its neighbours'.
    @Test(
        arguments: [
            [0xFF, 0xFE], [0xFE, 0xFF], [0x1F, 0x8B, 0x08], [0x28, 0xB5, 0x2F, 0xFD], Array("PK\u{3}\u{4}".utf8),
            [0x00, 0x7B],
            Array("id,payload".utf8), [],
        ] as [[UInt8]])
    func `is not taken for something else by its first line`(start: [UInt8]) {
        let found = found(start + Array("\n{\"id\":\"a\",\"payload\":{\"status\":200}}\n".utf8))
        let last = found.last
        #expect(last?.idText == #""a""#)
        #expect(last?.line == 42)
        #expect(last?.failure == nil)
        #expect(found.count == (start.isEmpty ? 1 : 2))
    }

    @Test func `has lines of messages where that is said`() {
        let found = found(Array("<a/>\n\n<b/>\n".utf8), .text)
        #expect(found.map(\.text) == ["<a/>", "<b/>"])
        #expect(found.map(\.line) == [41, 43])
        #expect(found.allSatisfy { $0.container == .lines })
    }

    @Test func `with one line is no file of one message`() {
        let found = found(Array(#"{"id":1,"payload":"<a/>"}"#.utf8))
        #expect(found.map(\.idText) == ["1"])
        #expect(found.map(\.line) == [41])
    }
}

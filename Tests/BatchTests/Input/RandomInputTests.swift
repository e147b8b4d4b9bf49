import Testing
import TestSupport

@testable import Batch

@Suite("Reading rubbish")
struct RandomInputTests {
    private static let beginnings = [
        "", "id,payload\n", "id;payload\r\n", "{\"payload\":\"<a/>\"}\n", query() + "\n", "<a>\n",
    ]
    private static let pieces = [
        "\n", "\n", "\r\n", "\r", " ", ",", ";", "\"", "\"\"", "<", ">", "/>", "{", "}", "[", "]", ":", "\\", "=", "é",
        "\u{1F600}", "\u{FEFF}", "\0", "1,\"<a>\n</a>\"\n", "2;<b/>\r\n", "{\"id\":1,\"payload\":\"<a/>\"}",
        "{\"payload\":", "<?xml version=\"1.0\"?>", "<CD034A><a>1</a>", "</CD034A>", "<![CDATA[", "]]>", "<!--", "-->",
        "<!DOCTYPE", "PGEvPg==", "PGE", base64(query()), query(), "abc",
    ]

    private static func bytes(_ random: inout SeededRandom) -> [UInt8] {
        var text = random.pick(beginnings)
        for _ in 0..<random.below(20) { text += random.pick(pieces) }
        var bytes = random.chance(20) ? utf16(text, isBigEndian: random.chance(50)) : Array(text.utf8)
        if random.chance(20), !bytes.isEmpty { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
        if random.chance(10) { bytes = Array(bytes.prefix(random.below(bytes.count + 1))) }
        return bytes
    }

    @Test("Whatever comes is read, the same in pieces of any size, and no line goes missing")
    func anything() {
        var random = SeededRandom.forTest("RandomInputTests")
        for _ in 0..<3000 {
            let bytes = Self.bytes(&random)
            let options = InputOptions(maximumMessageSize: random.pick([10, 40, 1 << 20]))
            let found = records(in: bytes, options: options)
            let expected = found.map(\.summary)
            for chunkSize in [1, 2, random.int(in: 3...64)] {
                #expect(records(in: bytes, options: options, chunkSize: chunkSize).map(\.summary) == expected)
            }
            guard let first = found.first else { continue }
            switch first.container {
            case .file: #expect(found.count == 1)
            case .csv: break
            case .ndjson, .lines: #expect(found.count == Self.lines(of: bytes))
            }
        }
    }

    /// How many lines are not blank, marks aside.
    private static func lines(of bytes: [UInt8]) -> Int {
        let encoding = TextEncoding(of: bytes)
        var text = Array(bytes.dropFirst(encoding.markSize))
        if var decoder = encoding.decoder {
            let encoded = text
            text.removeAll()
            decoder.decode(encoded, into: &text)
            decoder.finish(into: &text)
        }
        return text.split(separator: UInt8(ascii: "\n")).count { !$0.withoutMark.trimmed.isEmpty }
    }
}
